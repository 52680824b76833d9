/** Kinds of rows whose changes are published. */
export type ProgressTopic = 'job' | 'benchmark';

/** The row has changed, and now has this `seq`. */
export interface ProgressChange {
  topic: ProgressTopic;
  id: string;
  seq: number;
}

/** A request to a subscriber to read the row again. */
export interface ProgressNotice {
  /** The highest `seq` published; undefined if changes may have been missed, so that the row must be read in any case. */
  seq: number | undefined;
}

/** Shortest time between two notices for one topic and id: ten a second. */
export const PROGRESS_INTERVAL_MS = 100;

/**
 * Publishes changes of rows to subscribers. The row is the truth; a notice has only ids and numbers and asks to read the
 * row again. A lost notice costs time, never data.
 */
export interface Progress {
  /**
   * Notifies the subscribers in every process. To be called after the commit. Never waits and never fails. Changes
   * that follow one another faster than {@link PROGRESS_INTERVAL_MS} are merged; the last one is always sent.
   */
  publish(change: ProgressChange): void;

  /**
   * Returns notices for one topic and id: one as soon as no later change can be missed, and one after each change. So
   * `for await (const _ of progress.subscribe('job', id)) { read the row; stop when it is final }` misses nothing.
   * Unread notices merge into one.
   *
   * The subscription starts with this call and ends without an error when the loop is left, `return()` is called, the
   * signal aborts or the channel is closed.
   */
  subscribe(topic: ProgressTopic, id: string, signal?: AbortSignal): AsyncIterableIterator<ProgressNotice>;

  /** Sends pending changes and ends every subscription. */
  close(): Promise<void>;
}
