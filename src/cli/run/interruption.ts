import { exit } from 'node:process';
import { EXIT } from '../exit-codes.js';

/**
 * A signal within this time after the first is the same Ctrl-C: npm 11 with bash as its script shell passes it on twice
 * within a millisecond. A person needs longer.
 */
const SAME_MS = 1_000;

/** Ctrl-C, or SIGTERM: ends the command, unless something gentler is to be done first. */
export class Interruption {
  #gentler: (() => void) | null = null;
  #firstAt: number | undefined;

  /** @param now milliseconds on a monotonic clock */
  constructor(
    private readonly end: () => void = () => exit(EXIT.CANCELLED),
    private readonly now: () => number = () => performance.now(),
  ) {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => this.interrupt());
  }

  /** Whether there has been a signal. */
  get happened(): boolean {
    return this.#firstAt !== undefined;
  }

  /** What the first signal does instead of ending the command; null: nothing. */
  set gentler(action: (() => void) | null) {
    this.#gentler = action;
  }

  /** Handles a signal: the first is gentle where it can be, one more than a second later ends the command. */
  interrupt(): void {
    if (this.#firstAt === undefined) {
      this.#firstAt = this.now();
      if (this.#gentler) return this.#gentler();
      return this.end();
    }
    if (this.now() - this.#firstAt > SAME_MS) this.end();
  }
}
