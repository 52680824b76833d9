import { PROGRESS_INTERVAL_MS, type ProgressChange } from './progress.js';

interface Window {
  timer: NodeJS.Timeout;
  /** The newest change within the window, to be sent at its end. */
  pending: ProgressChange | undefined;
}

/** Sends the first change at once, then the newest change at the end of each interval that had any. */
export class Coalescer {
  /** Ids that changed within the last interval. */
  readonly #windows = new Map<string, Window>();

  constructor(readonly send: (change: ProgressChange) => void) {}

  push(change: ProgressChange): void {
    const key = `${change.topic}:${change.id}`;
    const window = this.#windows.get(key);
    if (window === undefined) this.#sendAndOpen(key, change);
    else if (window.pending === undefined || window.pending.seq < change.seq) window.pending = change;
  }

  /** Sends every pending change now. */
  flush(): void {
    for (const { timer, pending } of this.#windows.values()) {
      clearTimeout(timer);
      if (pending !== undefined) this.send(pending);
    }
    this.#windows.clear();
  }

  #sendAndOpen(key: string, change: ProgressChange): void {
    const timer = setTimeout(() => {
      const pending = this.#windows.get(key)?.pending;
      this.#windows.delete(key);
      if (pending !== undefined) this.#sendAndOpen(key, pending);
    }, PROGRESS_INTERVAL_MS);
    timer.unref();
    this.#windows.set(key, { timer, pending: undefined });
    this.send(change);
  }
}
