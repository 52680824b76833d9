import type { ProgressNotice } from './progress.js';

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * Notices for one subscriber; at most one is unread. Not an async generator: its `return()` would wait for a pending
 * `next()`, and the subscription would never be released.
 */
export class Subscription implements AsyncIterableIterator<ProgressNotice> {
  #unread: ProgressNotice | undefined;
  #ended = false;
  readonly #readers: ((result: IteratorResult<ProgressNotice, undefined>) => void)[] = [];
  readonly #signal: AbortSignal | undefined;
  readonly #onEnd: (subscription: Subscription) => void;

  /** @param ready True if the first notice is available at once, so that the subscriber reads the row first. */
  constructor(onEnd: (subscription: Subscription) => void, signal?: AbortSignal, ready = true) {
    this.#unread = ready ? { seq: undefined } : undefined;
    this.#onEnd = onEnd;
    this.#signal = signal;
    signal?.addEventListener('abort', this.#abort);
    if (signal?.aborted) this.#abort();
  }

  notify(notice: ProgressNotice): void {
    if (this.#ended) return;
    const reader = this.#readers.shift();
    if (reader === undefined) this.#unread = merge(this.#unread, notice);
    else reader({ done: false, value: notice });
  }

  /** Ends the subscription after its unread notice has been read. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#signal?.removeEventListener('abort', this.#abort);
    for (const reader of this.#readers.splice(0)) reader(DONE);
    this.#onEnd(this);
  }

  next(): Promise<IteratorResult<ProgressNotice, undefined>> {
    const value = this.#unread;
    if (value !== undefined) {
      this.#unread = undefined;
      return Promise.resolve({ done: false, value });
    }
    if (this.#ended) return Promise.resolve(DONE);
    return new Promise((resolve) => this.#readers.push(resolve));
  }

  return(): Promise<IteratorResult<ProgressNotice, undefined>> {
    this.#abort();
    return Promise.resolve(DONE);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  readonly #abort = (): void => {
    this.#unread = undefined;
    this.end();
  };
}

/** Merges two notices; one without a `seq` (read in any case) wins over any number. */
function merge(unread: ProgressNotice | undefined, { seq }: ProgressNotice): ProgressNotice {
  if (unread === undefined) return { seq };
  if (unread.seq === undefined || seq === undefined) return { seq: undefined };
  return { seq: Math.max(unread.seq, seq) };
}
