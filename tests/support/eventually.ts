import { setTimeout as delay } from 'node:timers/promises';

/** Longer than any test waits, in ms; the timeout of a test does not stop a loop. */
const LIMIT_MS = 300_000;

/**
 * Waits until the condition holds. It pauses between two attempts: a loop of nothing but queries in memory would keep
 * every timer of the process from running, that of the test included.
 *
 * @throws Error that contains the condition after five minutes
 */
export async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + LIMIT_MS;
  while (!(await condition())) {
    if (performance.now() > end) throw new Error(`It does not hold: ${condition}`);
    await delay(5);
  }
}
