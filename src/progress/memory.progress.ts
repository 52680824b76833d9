import { Coalescer } from './coalescer.js';
import type { Progress, ProgressChange, ProgressNotice, ProgressTopic } from './progress.js';
import { Subscriptions } from './subscriptions.js';

/** Progress within one process. */
export class MemoryProgress implements Progress {
  readonly #subscriptions = new Subscriptions();
  readonly #coalescer = new Coalescer((change) => this.#subscriptions.deliver(change));

  publish(change: ProgressChange): void {
    this.#coalescer.push(change);
  }

  subscribe(topic: ProgressTopic, id: string, signal?: AbortSignal): AsyncIterableIterator<ProgressNotice> {
    return this.#subscriptions.add(topic, id, signal);
  }

  async close(): Promise<void> {
    this.#coalescer.flush();
    this.#subscriptions.close();
  }
}
