import type { RaceVariant } from '../race.js';
import { GlobalLock } from '../workers/global-lock.js';

/** One repetition as its threads see it: words of shared memory. */
export interface RaceMemory {
  counter: SharedArrayBuffer;
  lock: SharedArrayBuffer;
  /** How many threads have come to the barrier, and whether it is open. */
  barrier: SharedArrayBuffer;
}

/** What a thread is asked to do in one repetition. */
export interface RaceTask {
  variant: RaceVariant;
  workers: number;
  increments: number;
  memory: RaceMemory;
  zero: 0;
}

/** Fresh memory for one repetition, all zero. */
export function raceMemory(): RaceMemory {
  const words = (n: number) => new SharedArrayBuffer(n * Int32Array.BYTES_PER_ELEMENT);
  return { counter: words(1), lock: GlobalLock.memory(), barrier: words(2) };
}

/** Looks at the barrier so often, some tenths of a millisecond, before a thread goes to sleep. */
const SPINS = 100_000;

/**
 * Returns to all threads at once, when the last of them has come. They wait awake at first: one that has to be woken
 * would often begin when the others have ended.
 */
export function meet({ workers, memory }: RaceTask): void {
  const barrier = new Int32Array(memory.barrier);
  if (Atomics.add(barrier, 0, 1) === workers - 1) {
    Atomics.store(barrier, 1, 1);
    Atomics.notify(barrier, 1);
    return;
  }
  for (let i = 0; i < SPINS; i++) if (Atomics.load(barrier, 1) === 1) return;
  Atomics.wait(barrier, 1, 0);
}

/** Adds to the counter as the variant does it. `holder`: the thread's number, from 1. */
export const COUNT: Record<RaceVariant, (task: RaceTask, holder: number) => void> = {
  UNSYNCHRONIZED({ memory, increments, zero }) {
    const counter = new Int32Array(memory.counter);
    for (let i = 0; i < increments; i++) {
      // Always 0, which the compiler cannot know: it would keep the value in a register instead of loading it.
      const at = i & zero;
      counter[at] = (counter[at] as number) + 1;
    }
  },
  ATOMIC({ memory, increments }) {
    const counter = new Int32Array(memory.counter);
    for (let i = 0; i < increments; i++) Atomics.add(counter, 0, 1);
  },
  LOCKED({ memory, increments }, holder) {
    const counter = new Int32Array(memory.counter);
    const lock = new GlobalLock(memory.lock, holder);
    for (let i = 0; i < increments; i++) {
      lock.acquire();
      counter[0] = (counter[0] as number) + 1;
      lock.release();
    }
  },
};
