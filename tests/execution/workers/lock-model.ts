/**
 * The algorithm of `global-lock.ts`, one atomic operation at a time, so that a scheduler can put any other thread's
 * operation, or a thread's death, between any two.
 */

const FREE = 0;
const WAITERS = 1;

export interface LockModel {
  word: number;
  /** Threads asleep on the word, by number, longest first. */
  asleep: number[];
}

/** Next action of a thread: an atomic operation (`undefined`), or sleep while the word has this value. */
export type Step = { sleepWhile: number } | undefined;

export function* acquire(lock: LockModel, thread: number): Generator<Step, void> {
  const held = thread << 1;
  yield;
  if (lock.word === FREE) {
    lock.word = held;
    return;
  }
  for (;;) {
    yield;
    const seen = lock.word;
    if (seen === FREE) {
      yield;
      if (lock.word === FREE) {
        lock.word = held | WAITERS;
        return;
      }
    } else {
      if (!(seen & WAITERS)) {
        yield;
        if (lock.word !== seen) continue;
        lock.word = seen | WAITERS;
      }
      yield { sleepWhile: seen | WAITERS };
    }
  }
}

export function* release(lock: LockModel): Generator<Step, void> {
  yield;
  const old = lock.word;
  lock.word = FREE;
  if (old & WAITERS) {
    yield;
    lock.asleep.shift();
  }
}

/** What the parent does after a thread has died. */
export function* abandon(lock: LockModel, thread: number): Generator<Step, void> {
  for (const held of [thread << 1, (thread << 1) | WAITERS]) {
    yield;
    if (lock.word === held) lock.word = FREE;
  }
  yield;
  lock.asleep.length = 0;
}
