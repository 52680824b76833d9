import { exit } from 'node:process';

const CANCELLED = 130;

/** Handles Ctrl-C and SIGTERM: runs the registered handler once, else ends the command. */
export class Interruption {
  #gentler: (() => void) | null = null;

  constructor() {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => this.#interrupt());
  }

  /** Sets the handler of the next signal, which runs once instead of ending the command; null removes it. */
  set gentler(action: (() => void) | null) {
    this.#gentler = action;
  }

  #interrupt(): void {
    const action = this.#gentler ?? (() => exit(CANCELLED));
    this.#gentler = null;
    action();
  }
}
