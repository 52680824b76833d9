import { setTimeout as delay } from 'node:timers/promises';
import { benchmarkCancelled } from '../benchmark-errors.js';
import type { MachineTurn } from './machine-turn.js';

/** Interval in ms of the attempts to get the next turn. One takes a millisecond of a processor that another program measures on. */
const POLL_MS = 100;

/**
 * The turn of a benchmark on this machine. It is passed on between repetitions, so that benchmarks that run at the same
 * time are measured over the same minutes: the speed of a machine drifts by a few percent from one minute to the next.
 */
export class HeldTurn {
  #end: (() => Promise<void>) | null;

  /** @param end ends the turn; null: measures without one, because the lock cannot be used */
  constructor(
    private readonly turns: MachineTurn | undefined,
    private readonly what: string,
    end: (() => Promise<void>) | null,
    private readonly onError: (error: unknown) => void,
    private readonly pollMs = POLL_MS,
  ) {
    this.#end = end;
  }

  /**
   * Where other programs wait, ends the turn and waits for the next one; returns the time in ms without a turn.
   *
   * @param onWait called once the turn has ended
   * @throws AppError CANCELLED after an abort
   */
  async pass(signal: AbortSignal, onWait: () => Promise<void>): Promise<number> {
    if (!this.turns || !(await this.#isAwaited())) return 0;
    // The clock of time limits.
    const begin = Date.now();
    await this.end();
    try {
      await onWait();
      this.#end = await this.#next(this.turns, signal);
    } finally {
      if (this.#end === null) await this.turns.withdraw().catch(this.onError);
    }
    return Math.max(0, Date.now() - begin);
  }

  async end(): Promise<void> {
    const end = this.#end;
    this.#end = null;
    await end?.();
  }

  async #isAwaited(): Promise<boolean> {
    if (this.#end === null) return false;
    try {
      return (await this.turns?.isAwaited()) ?? false;
    } catch (error) {
      this.onError(error);
      return false;
    }
  }

  /** A lock that cannot be taken any more must not stop a benchmark. */
  async #next(turns: MachineTurn, signal: AbortSignal): Promise<(() => Promise<void>) | null> {
    for (;;) {
      if (signal.aborted) throw benchmarkCancelled();
      try {
        const end = await turns.tryAcquire(this.what);
        if (end !== null) return end;
      } catch (error) {
        this.onError(error);
        return null;
      }
      await delay(this.pollMs, undefined, { signal }).catch(() => undefined);
    }
  }
}
