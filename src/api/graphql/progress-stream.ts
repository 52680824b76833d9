import { setTimeout as delay } from 'node:timers/promises';
import { PROGRESS_INTERVAL_MS, type ProgressNotice } from '../../progress/progress.js';
import { databaseUnavailable } from '../../services/shared/database-unavailable.js';

const UNAVAILABLE_PAUSE_MS = 500;

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** State of a row when it was read. */
export interface Reading<Event> {
  event: Event;
  /** Whether the stream ends with this event. */
  final: boolean;
  /** Whether the next event may exist already; the row is then read without waiting for a notification. */
  more?: boolean;
}

/**
 * Reads the state after each notification, at most once per {@link PROGRESS_INTERVAL_MS}, and yields an event for each
 * change until the final one. Not an async generator, because that cannot be ended while it waits.
 */
export class ProgressStream<Event> implements AsyncIterableIterator<Event> {
  readonly #ended = new AbortController();
  #lastAt = Number.NEGATIVE_INFINITY;
  #more = false;

  /**
   * @param read returns the event of a state with at least this `seq`, for undefined that of the stored state; undefined
   * if nothing has changed since the last event
   */
  constructor(
    private readonly notices: AsyncIterableIterator<ProgressNotice>,
    private readonly read: (seq: number | undefined) => Promise<Reading<Event> | undefined>,
  ) {}

  async next(): Promise<IteratorResult<Event, undefined>> {
    const { signal } = this.#ended;
    while (!signal.aborted) {
      let seq: number | undefined;
      if (!this.#more) {
        const notice = await this.notices.next();
        if (notice.done) break;
        seq = notice.value.seq;
      }
      const pause = this.#lastAt + PROGRESS_INTERVAL_MS - performance.now();
      if (pause > 0) await delay(pause, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) break;
      const reading = await this.#readOrEnd(seq);
      this.#more = reading?.more ?? false;
      if (reading === undefined) continue;
      this.#lastAt = performance.now();
      if (reading.final) await this.return();
      return { done: false, value: reading.event };
    }
    return DONE;
  }

  async return(): Promise<IteratorResult<Event, undefined>> {
    this.#ended.abort();
    await this.notices.return?.();
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Waits while the database is unavailable; any other error ends the stream. */
  async #readOrEnd(seq: number | undefined): Promise<Reading<Event> | undefined> {
    const { signal } = this.#ended;
    while (!signal.aborted) {
      try {
        return await this.read(seq);
      } catch (error) {
        if (databaseUnavailable(error) === undefined) {
          await this.return();
          throw error;
        }
        await delay(UNAVAILABLE_PAUSE_MS, undefined, { signal }).catch(() => undefined);
      }
    }
    return undefined;
  }
}
