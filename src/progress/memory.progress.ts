import { Coalescer } from './coalescer.js';
import type { Progress, ProgressNews, ProgressNotice, ProgressTopic } from './progress.js';
import { Subscriptions } from './subscriptions.js';

/** News within one process. */
export class MemoryProgress implements Progress {
  readonly #subscriptions = new Subscriptions();
  readonly #coalescer = new Coalescer((news) => this.#subscriptions.deliver(news));

  publish(news: ProgressNews): void {
    this.#coalescer.push(news);
  }

  subscribe(topic: ProgressTopic, id: string, signal?: AbortSignal): AsyncIterableIterator<ProgressNotice> {
    return this.#subscriptions.add(topic, id, signal);
  }

  async close(): Promise<void> {
    this.#coalescer.flush();
    this.#subscriptions.close();
  }
}
