import { exit } from 'node:process';

const CANCELLED = 130;

/** Ctrl-C, or SIGTERM: ends the command, unless something gentler is to come first. */
export class Interruption {
  #gentler: (() => void) | null = null;

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => this.#interrupt());
  }

  /** What the next one does, once, instead of ending the command; null: nothing any more. */
  set gentler(action: (() => void) | null) {
    this.#gentler = action;
  }

  #interrupt(): void {
    const action = this.#gentler ?? (() => exit(CANCELLED));
    this.#gentler = null;
    action();
  }
}
