import { setTimeout as delay } from 'node:timers/promises';

/** Shorter than the time limit of a test, so that a failure names the condition. */
const LIMIT_MS = 500_000;
/** Pauses between two attempts in ms: short at first, for what is about to happen. */
const FIRST_PAUSE_MS = 2;
const LONGEST_PAUSE_MS = 50;

/**
 * Waits until the condition holds.
 *
 * @throws Error that contains the condition after 500 s
 */
export async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  await poll(condition, (holds) => holds, condition);
}

/**
 * Reads a value until it is as expected, and returns it.
 *
 * @throws Error that contains the expectation after 500 s
 */
export function readUntil<T>(read: () => T | Promise<T>, expected: (value: T) => boolean): Promise<T> {
  return poll(read, expected, expected);
}

/**
 * Repeats assertions until they pass: a page or another process follows a step of the test some time later.
 *
 * @throws The last failure after 500 s
 */
export async function untilPasses(check: () => void | Promise<void>): Promise<void> {
  let failure: unknown;
  const passes = async () => {
    try {
      await check();
      return true;
    } catch (error) {
      failure = error;
      return false;
    }
  };
  await eventually(passes).catch(() => {
    throw failure;
  });
}

/**
 * Pauses between two attempts, because a loop of nothing but queries in memory would keep every timer of the process
 * from running, that of the test included.
 */
async function poll<T>(
  read: () => T | Promise<T>,
  expected: (value: T) => boolean,
  shown: (...args: never[]) => unknown,
): Promise<T> {
  const end = performance.now() + LIMIT_MS;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    const value = await read();
    if (expected(value)) return value;
    if (performance.now() > end) throw new Error(`It does not hold: ${shown}`);
    await delay(pauseMs);
  }
}
