import type { StepLock } from './run-task.js';

const FREE = 0;
/** Lowest bit: a thread may be sleeping on the word. Higher bits: the number of the holder. */
const WAITERS = 1;

/**
 * Mutex in shared memory between threads: a strict global interpreter lock.
 *
 * It is the three-state futex mutex (free, held, held with waiters) of U. Drepper, "Futexes Are Tricky" (2011),
 * section 5. The word stores the holder's number, so that the lock of a dead thread can be released. It is not fair:
 * any awake thread may take it. It is held across `await`; a thread runs one task at a time, so it never waits for itself.
 */
export class GlobalLock implements StepLock {
  readonly #word: Int32Array;
  readonly #held: number;
  readonly #waiting: Int32Array;

  /** Allocates memory for a free lock. */
  static memory(): SharedArrayBuffer {
    return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  }

  /**
   * @param memory the lock, shared by all threads
   * @param holder 1 to 2^30 - 1, unique among all threads that ever share the memory
   * @param waiting memory that is 1 while this thread waits for the lock
   */
  constructor(memory: SharedArrayBuffer, holder: number, waiting = GlobalLock.memory()) {
    this.#waiting = new Int32Array(waiting);
    this.#word = new Int32Array(memory);
    this.#held = holder << 1;
  }

  acquire(): number {
    if (Atomics.compareExchange(this.#word, 0, FREE, this.#held) === FREE) return 0;
    const start = performance.now();
    Atomics.store(this.#waiting, 0, 1);
    for (;;) {
      const seen = Atomics.load(this.#word, 0);
      if (seen === FREE) {
        // Other threads may still sleep, so a thread that has waited keeps the bit set.
        if (Atomics.compareExchange(this.#word, 0, FREE, this.#held | WAITERS) === FREE) break;
      } else if (seen & WAITERS || Atomics.compareExchange(this.#word, 0, seen, seen | WAITERS) === seen) {
        Atomics.wait(this.#word, 0, seen | WAITERS);
      }
    }
    Atomics.store(this.#waiting, 0, 0);
    return performance.now() - start;
  }

  release(): void {
    if (Atomics.exchange(this.#word, 0, FREE) & WAITERS) Atomics.notify(this.#word, 0, 1);
  }

  /**
   * Releases the lock of a thread that has ended. Wakes all waiters, because the ended thread may have been the one
   * that an earlier release woke.
   */
  static abandon(memory: SharedArrayBuffer, holder: number): void {
    const word = new Int32Array(memory);
    for (const held of [holder << 1, (holder << 1) | WAITERS]) Atomics.compareExchange(word, 0, held, FREE);
    Atomics.notify(word, 0);
  }
}
