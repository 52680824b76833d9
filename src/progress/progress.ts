/** What there is news about. */
export type ProgressTopic = 'job' | 'benchmark';

/** The row has changed, and now has this `seq`. */
export interface ProgressNews {
  topic: ProgressTopic;
  id: string;
  seq: number;
}

/** "Read the row again." */
export interface ProgressNotice {
  /** The highest `seq` heard of; undefined where news may have been missed, so that the row must be read. */
  seq: number | undefined;
}

/** Shortest time between two notices for one topic and id: ten a second. */
export const PROGRESS_INTERVAL_MS = 100;

/**
 * How news travels. The row in the database is the truth and a notice only says "look": ids and numbers, so
 * that it fits through any channel, and losing one costs time, never a fact.
 */
export interface Progress {
  /**
   * Tells the subscribers, wherever they are. Call it after the commit. It never waits and never fails: news
   * that comes faster than {@link PROGRESS_INTERVAL_MS} is merged, and the last is always told.
   */
  publish(news: ProgressNews): void;

  /**
   * Notices for one topic and id: one at once, as soon as nothing more can be missed, and one after news. So
   * `for await (const _ of progress.subscribe('job', id)) { read the row; stop when it is final }` misses
   * nothing. Notices that nobody pulls merge into one.
   *
   * It is registered from this call on, until the loop is left, `return()` is called, the signal aborts or
   * the channel is closed; then it ends without an error.
   */
  subscribe(topic: ProgressTopic, id: string, signal?: AbortSignal): AsyncIterableIterator<ProgressNotice>;

  /** Tells what is still to be told and ends every subscription. */
  close(): Promise<void>;
}
