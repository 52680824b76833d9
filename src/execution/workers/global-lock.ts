import type { StepLock } from './run-task.js';

const FREE = 0;
/** Lowest bit: somebody may be asleep on the word. The bits above it: the holder's number. */
const WAITERS = 1;

/**
 * A mutex in shared memory that one of several threads holds: what a strict global interpreter lock does.
 *
 * It is the three-state futex mutex (free, held, held with waiters) of U. Drepper, "Futexes Are Tricky" (2011),
 * section 5, with the holder's number in the word itself, so that the lock of a thread that died can be given up
 * for it. It does not hand over in turn: who is awake takes it. It is held across `await`; a thread runs one task at
 * a time, so nobody waits for itself.
 */
export class GlobalLock implements StepLock {
  readonly #word: Int32Array;
  readonly #held: number;
  readonly #waiting: Int32Array;

  /** Fresh memory for a lock that nobody holds. */
  static memory(): SharedArrayBuffer {
    return new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
  }

  /**
   * @param memory the lock, shared by all
   * @param holder 1 to 2^30 - 1, no two alike among all the threads that ever share the memory
   * @param waiting memory that holds 1 while this thread waits for the lock
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
        // Others may be asleep still, so whoever comes out of the waiting path leaves the bit set.
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
   * Gives the lock up for a thread that is gone. Wakes everybody, as the dead may have been the one sleeper that
   * an earlier release woke.
   */
  static abandon(memory: SharedArrayBuffer, holder: number): void {
    const word = new Int32Array(memory);
    for (const held of [holder << 1, (holder << 1) | WAITERS]) Atomics.compareExchange(word, 0, held, FREE);
    Atomics.notify(word, 0);
  }
}
