import { AppError } from '../errors.js';
import { RoundRobinQueue } from './round-robin-queue.js';

const RETRY_AFTER_MS = 10_000;

interface Turn {
  readonly owner: string;
  begin(): void;
}

/** Runs one task at a time, owners in turn: an owner with many tasks delays another one by at most two. */
export class FairMutex {
  readonly #waiting = new RoundRobinQueue<Turn>();
  readonly #waitingOf = new Map<string, number>();
  #busy = false;

  /**
   * @param maxWaiting tasks of one owner that may wait
   * @param what the tasks' name in the error message
   */
  constructor(
    private readonly maxWaiting: number,
    private readonly what: string,
  ) {}

  /** Runs a task in its turn. SERVER_BUSY if too many tasks of this owner wait. */
  async run<Result>(owner: string, task: () => Promise<Result>): Promise<Result> {
    await this.#turn(owner);
    try {
      return await task();
    } finally {
      this.#busy = false;
      this.#next();
    }
  }

  #turn(owner: string): Promise<void> {
    const ahead = this.#waitingOf.get(owner) ?? 0;
    if (this.#busy && ahead >= this.maxWaiting) {
      const message = `Too many of your ${this.what} are waiting; try again in a few seconds`;
      throw new AppError('SERVER_BUSY', message, { retryAfterMs: RETRY_AFTER_MS });
    }
    this.#waitingOf.set(owner, ahead + 1);
    return new Promise((begin) => {
      this.#waiting.add({ owner, begin });
      this.#next();
    });
  }

  #next(): void {
    const { value: turn } = this.#waiting.inTurn().next();
    if (this.#busy || !turn) return;
    this.#busy = true;
    this.#waiting.serve(turn);
    const left = (this.#waitingOf.get(turn.owner) ?? 1) - 1;
    if (left > 0) this.#waitingOf.set(turn.owner, left);
    else this.#waitingOf.delete(turn.owner);
    turn.begin();
  }
}
