import { PROGRESS_INTERVAL_MS, type ProgressNews } from './progress.js';

interface Window {
  timer: NodeJS.Timeout;
  /** What came within the window and is told at its end. */
  pending: ProgressNews | undefined;
}

/** Passes the first news on at once, then the newest at the end of each interval in which there was any. */
export class Coalescer {
  /** Only ids that had news within the last interval. */
  readonly #windows = new Map<string, Window>();

  constructor(readonly send: (news: ProgressNews) => void) {}

  push(news: ProgressNews): void {
    const key = `${news.topic}:${news.id}`;
    const window = this.#windows.get(key);
    if (window === undefined) this.#sendAndOpen(key, news);
    else if (window.pending === undefined || window.pending.seq < news.seq) window.pending = news;
  }

  /** Passes everything on now. */
  flush(): void {
    for (const { timer, pending } of this.#windows.values()) {
      clearTimeout(timer);
      if (pending !== undefined) this.send(pending);
    }
    this.#windows.clear();
  }

  #sendAndOpen(key: string, news: ProgressNews): void {
    const timer = setTimeout(() => {
      const pending = this.#windows.get(key)?.pending;
      this.#windows.delete(key);
      if (pending !== undefined) this.#sendAndOpen(key, pending);
    }, PROGRESS_INTERVAL_MS);
    timer.unref();
    this.#windows.set(key, { timer, pending: undefined });
    this.send(news);
  }
}
