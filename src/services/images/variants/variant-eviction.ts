import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Storage } from '../../../storage/storage.js';
import { inTransaction } from '../../shared/transaction.js';
import { fairShare } from './fair-share.js';
import { deleteVariants } from './variant-rows.js';

export interface EvictionDependencies {
  fork(): SqlEntityManager;
  storage: Storage;
  /** VARIANT_CACHE_BYTES. */
  maxBytes: number;
  /** Interval in ms at which uses are stored, and pause between two evictions. Default: 10 s. */
  flushMs?: number | undefined;
  onError(error: unknown): void;
}

const DEFAULT_FLUSH_MS = 10_000;
/** Interval at which the bytes are counted, in ms: other processes fill the same cache. */
const COUNT_MS = 60_000;
/** Share of the limit that an eviction leaves, so that the next one is not due at once. */
const KEPT = 0.9;
const BATCH = 200;

/**
 * Keeps the variant cache within its limit, in the background: removes the least recently used; each owner keeps a
 * fair share.
 */
export class VariantEviction {
  /** Keys used since the last flush, in order of their last use. */
  readonly #used = new Set<string>();
  readonly #timers: NodeJS.Timeout[] = [];
  /** Bytes of the cache at the last count, and what this process has added since. */
  #bytes = 0;
  #running: Promise<void> | undefined;
  readonly #flushMs: number;

  constructor(private readonly deps: EvictionDependencies) {
    this.#flushMs = deps.flushMs ?? DEFAULT_FLUSH_MS;
  }

  start(): void {
    this.#timers.push(setInterval(() => void this.#background(() => this.#flush()), this.#flushMs));
    this.#timers.push(setInterval(() => this.#evictInBackground(), COUNT_MS));
    for (const timer of this.#timers) timer.unref();
    this.#evictInBackground();
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    await this.#running;
    await this.#background(() => this.#flush());
  }

  /** Notes that a variant was served. */
  touch(key: string): void {
    this.#used.delete(key);
    this.#used.add(key);
  }

  /** Notes that a variant was stored; starts an eviction if the cache has grown above its limit. */
  added(byteSize: number): void {
    this.#bytes += byteSize;
    if (this.#bytes > this.deps.maxBytes) this.#evictInBackground();
  }

  /** Resolves when no eviction runs. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running;
  }

  #evictInBackground(): void {
    this.#running ??= this.#background(() => this.#evict()).then(() => {
      this.#running = undefined;
      // Variants that were stored while it ran.
      if (this.#bytes > this.deps.maxBytes)
        setTimeout(() => this.#evictInBackground(), this.#flushMs).unref();
    });
  }

  #background(work: () => Promise<void>): Promise<void> {
    return work().catch(this.deps.onError);
  }

  async #evict(): Promise<void> {
    await this.#flush();
    const { fork, maxBytes } = this.deps;
    const owners = await fork().execute<{ ownerId: string; bytes: number | string }[]>(
      'select owner_id as "ownerId", sum(byte_size) as bytes from variant group by owner_id',
    );
    const sizes = owners.map(({ bytes }) => Number(bytes));
    this.#bytes = sizes.reduce((sum, bytes) => sum + bytes, 0);
    if (this.#bytes <= maxBytes) return;
    const share = fairShare(sizes, KEPT * maxBytes);
    for (const { ownerId, bytes } of owners) await this.#evictOwner(ownerId, Number(bytes) - share);
  }

  async #evictOwner(ownerId: string, excess: number): Promise<void> {
    let left = excess;
    while (left > 0) {
      const oldest = await this.deps
        .fork()
        .execute<{ key: string; byteSize: number }[]>(
          `select key, byte_size as "byteSize" from variant where owner_id = ? order by used_at limit ${BATCH}`,
          [ownerId],
        );
      if (oldest.length === 0) return;
      const evicted: string[] = [];
      for (const { key, byteSize } of oldest) {
        if (left <= 0) break;
        evicted.push(key);
        left -= byteSize;
        this.#bytes -= byteSize;
      }
      const files = await deleteVariants(this.deps.fork(), evicted);
      // The rows are deleted, so no further request can open a file; a file that is being sent stays readable.
      for (const file of files) await this.deps.storage.delete(file);
    }
  }

  async #flush(): Promise<void> {
    const keys = [...this.#used];
    this.#used.clear();
    if (keys.length === 0) return;
    const now = Date.now();
    await inTransaction(this.deps.fork(), async (em) => {
      for (const [i, key] of keys.entries()) {
        // A millisecond apart, so that the order of their last uses stays.
        const usedAt = new Date(now - keys.length + 1 + i);
        await em.execute('update variant set used_at = ? where key = ?', [usedAt, key], 'run');
      }
    });
  }
}
