import type { ProgressNotice } from './progress.js';

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/**
 * Notices for one subscriber, who holds at most one that was not pulled. Not an async generator: the `return()`
 * of one that waits for news would itself wait for news, and the subscription would never be let go.
 */
export class Subscription implements AsyncIterableIterator<ProgressNotice> {
  #unread: ProgressNotice | undefined;
  #ended = false;
  readonly #readers: ((result: IteratorResult<ProgressNotice, undefined>) => void)[] = [];
  readonly #signal: AbortSignal | undefined;
  readonly #onEnd: (subscription: Subscription) => void;

  /** @param ready Whether there is a first notice at once: whoever subscribes reads the row first. */
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

  /** Ends it once what is unread has been pulled. */
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

/** What must be read in any case stays so, whatever number comes after it. */
function merge(unread: ProgressNotice | undefined, { seq }: ProgressNotice): ProgressNotice {
  if (unread === undefined) return { seq };
  if (unread.seq === undefined || seq === undefined) return { seq: undefined };
  return { seq: Math.max(unread.seq, seq) };
}
