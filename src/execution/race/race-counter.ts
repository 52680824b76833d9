import type { RaceVariant } from '../race.js';
import { GlobalLock } from '../workers/global-lock.js';

/** Shared memory of one repetition. */
export interface RaceMemory {
  /** Words that the threads add to: the shared counter, or one counter for each thread. */
  counters: SharedArrayBuffer;
  lock: SharedArrayBuffer;
  /** Number of threads that have reached the barrier, and whether it is open. */
  barrier: SharedArrayBuffer;
}

/** Task of a thread in one repetition. */
export interface RaceTask {
  variant: RaceVariant;
  workers: number;
  /** Increments of each thread. */
  increments: number;
  memory: RaceMemory;
  zero: 0;
}

/** Two cache lines of common processors, which prefetch lines in pairs. */
const PADDING_WORDS = 128 / Int32Array.BYTES_PER_ELEMENT;

/** Allocates memory for one repetition, all zero. */
export function raceMemory(workers: number): RaceMemory {
  const words = (n: number) => new SharedArrayBuffer(n * Int32Array.BYTES_PER_ELEMENT);
  return { counters: words(workers * PADDING_WORDS), lock: GlobalLock.memory(), barrier: words(2) };
}

/** Returns the sum of all counters: in every variant, unused words are 0. */
export function counterValue({ counters }: RaceMemory): number {
  return new Int32Array(counters).reduce((sum, value) => sum + value, 0);
}

/** Number of checks of the barrier, some tenths of a millisecond, before a thread sleeps. */
const SPINS = 100_000;

/**
 * Barrier: returns in all threads at once, when the last one has arrived. Threads spin at first, because a sleeping
 * thread would often start after the others have ended.
 */
export function waitForAll({ workers, memory }: RaceTask): void {
  const barrier = new Int32Array(memory.barrier);
  if (Atomics.add(barrier, 0, 1) === workers - 1) {
    Atomics.store(barrier, 1, 1);
    Atomics.notify(barrier, 1);
    return;
  }
  for (let i = 0; i < SPINS; i++) if (Atomics.load(barrier, 1) === 1) return;
  Atomics.wait(barrier, 1, 0);
}

/** Adds to the counter in the way of the variant. `thread`: number of the thread, from 1. */
export const ADD: Record<RaceVariant, (task: RaceTask, thread: number) => void> = {
  UNSYNCHRONIZED: (task) => addPlainly(task, 0),
  ATOMIC({ memory, increments }) {
    const counter = new Int32Array(memory.counters);
    for (let i = 0; i < increments; i++) Atomics.add(counter, 0, 1);
  },
  LOCKED({ memory, increments }, thread) {
    const counter = new Int32Array(memory.counters);
    const lock = new GlobalLock(memory.lock, thread);
    for (let i = 0; i < increments; i++) {
      lock.acquire();
      counter[0] = (counter[0] as number) + 1;
      lock.release();
    }
  },
  SHARDED: (task, thread) => addPlainly(task, thread - 1),
  PADDED: (task, thread) => addPlainly(task, (thread - 1) * PADDING_WORDS),
  BATCHED({ memory, increments, zero }) {
    const sum = [0];
    for (let i = 0; i < increments; i++) sum[i & zero] = (sum[i & zero] as number) + 1;
    Atomics.add(new Int32Array(memory.counters), 0, sum[0] as number);
  },
};

/** Load, add and store of one word. */
function addPlainly({ memory, increments, zero }: RaceTask, word: number): void {
  const counter = new Int32Array(memory.counters);
  for (let i = 0; i < increments; i++) {
    // `i & zero` is always 0. The compiler cannot know that, so it does not keep the value in a register.
    const at = word + (i & zero);
    counter[at] = (counter[at] as number) + 1;
  }
}
