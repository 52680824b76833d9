import type { ProgressChange, ProgressTopic } from './progress.js';
import { Subscription } from './subscription.js';

/** The subscribers of this process by topic and id. */
export class Subscriptions {
  readonly #byKey = new Map<string, Set<Subscription>>();
  #closed = false;

  /** @param ready False if changes cannot be received yet: the first notice then waits for {@link notifyAll}. */
  add(topic: ProgressTopic, id: string, signal?: AbortSignal, ready = true): Subscription {
    const key = `${topic}:${id}`;
    const subscription = new Subscription((ended) => this.#remove(key, ended), signal, ready);
    if (signal?.aborted) return subscription;
    if (this.#closed) subscription.end();
    else this.#byKey.set(key, (this.#byKey.get(key) ?? new Set()).add(subscription));
    return subscription;
  }

  deliver({ topic, id, seq }: ProgressChange): void {
    for (const subscription of this.#byKey.get(`${topic}:${id}`) ?? []) subscription.notify({ seq });
  }

  /** Asks every subscriber to read its row again, because changes may have been missed. */
  notifyAll(): void {
    for (const set of this.#byKey.values()) for (const one of set) one.notify({ seq: undefined });
  }

  close(): void {
    this.#closed = true;
    for (const set of [...this.#byKey.values()]) for (const one of [...set]) one.end();
  }

  #remove(key: string, subscription: Subscription): void {
    const set = this.#byKey.get(key);
    set?.delete(subscription);
    if (set?.size === 0) this.#byKey.delete(key);
  }
}
