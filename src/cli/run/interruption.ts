import { exit } from 'node:process';
import { EXIT } from '../exit-codes.js';
import { isNpmScript } from './process-environment.js';

/** A signal within this time after the first is the same Ctrl-C, in ms. A person needs longer. */
const SAME_MS = 1_000;
/**
 * The same below npm, which with some shells passes a Ctrl-C on that the terminal has sent to the command as well: at once,
 * or when it gets a processor.
 */
const SAME_BELOW_NPM_MS = 5_000;

/** Ctrl-C, or SIGTERM: ends the command, unless something gentler is to be done first. */
export class Interruption {
  #gentler: (() => void) | null = null;
  #firstAt: number | undefined;
  readonly #sameMs: number;

  /**
   * @param now milliseconds on a monotonic clock
   * @param isBelowNpm whether a script of npm runs the command
   */
  constructor(
    private readonly end: () => void = () => exit(EXIT.CANCELLED),
    private readonly now: () => number = () => performance.now(),
    isBelowNpm = isNpmScript(),
  ) {
    this.#sameMs = isBelowNpm ? SAME_BELOW_NPM_MS : SAME_MS;
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

  /** Handles a signal: the first is gentle where it can be, another Ctrl-C ends the command. */
  interrupt(): void {
    if (this.#firstAt === undefined) {
      this.#firstAt = this.now();
      if (this.#gentler) return this.#gentler();
      return this.end();
    }
    if (this.now() - this.#firstAt > this.#sameMs) this.end();
  }
}
