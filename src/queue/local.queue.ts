import type { SqlEntityManager } from '@mikro-orm/sql';
import pLimit from 'p-limit';
import {
  type Claim,
  MAX_FAILURES,
  type Queue,
  type QueueDepth,
  type QueueEntry,
  type QueueGauge,
} from './queue.js';
import { QueuedChunk } from './queued-chunk.entity.js';

/** Number of process crashes with a claim after which an entry is given up. */
const MAX_DELIVERIES = 10;

/**
 * Entries as rows beside the jobs. This process is the only consumer: claims are in its memory, and after a restart every
 * entry that was not completed can be claimed again.
 */
export class LocalQueue implements Queue, QueueGauge {
  readonly #held = new Set<string>();
  /** Entries whose row counts a delivery to this process, also those whose release could not be written. */
  readonly #counted = new Set<string>();
  readonly #listeners = new Set<() => void>();
  readonly #oneByOne = pLimit(1);

  constructor(private readonly fork: () => SqlEntityManager) {}

  async enqueue(em: SqlEntityManager, entries: readonly QueueEntry[]): Promise<void> {
    const queuedAt = new Date();
    const rows = entries.map((entry) => {
      const { jobId, ownerId, turn } = entry;
      return { jobId, ownerId, turn, deliveries: 0, failures: 0, queuedAt, entry };
    });
    if (rows.length > 0) await em.insertMany(QueuedChunk, rows);
  }

  wake(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  claim(exceptOwners: readonly string[] = []): Promise<Claim | undefined> {
    return this.#oneByOne(async () => {
      const em = this.fork();
      const row = await em.findOne(
        QueuedChunk,
        { ...this.#free(), ownerId: { $nin: [...exceptOwners] } },
        { orderBy: { turn: 'asc', id: 'asc' } },
      );
      if (row === null) return undefined;
      const { deliveries, failures, entry } = row;
      const id = String(row.id);
      const counted = this.#counted.has(id);
      if (!counted) await em.nativeUpdate(QueuedChunk, { id: row.id }, { deliveries: deliveries + 1 });
      this.#counted.add(id);
      this.#held.add(id);
      const deaths = deliveries - (counted ? 1 : 0);
      return { id, entry, givenUp: deaths >= MAX_DELIVERIES || failures >= MAX_FAILURES };
    });
  }

  /** No other process claims entries, so no claim is lost. */
  async heartbeat(): Promise<readonly Claim[]> {
    return [];
  }

  async complete({ id }: Claim): Promise<void> {
    await this.fork().nativeDelete(QueuedChunk, { id: Number(id) });
    this.#held.delete(id);
    this.#counted.delete(id);
  }

  async release(claim: Claim): Promise<void> {
    await this.#putBack(claim, 0);
  }

  async fail(claim: Claim): Promise<void> {
    await this.#putBack(claim, 1);
  }

  async pending(em: SqlEntityManager, jobId: string): Promise<readonly QueueEntry[]> {
    const rows = await em.find(QueuedChunk, { jobId }, { fields: ['entry'], disableIdentityMap: true });
    return rows.map(({ entry }) => entry);
  }

  async depth(): Promise<QueueDepth> {
    const em = this.fork();
    const held = this.#held.size;
    const waiting = await em.count(QueuedChunk, this.#free());
    const oldest = await em.findOne(
      QueuedChunk,
      { ...this.#free(), queuedAt: { $ne: null } },
      { orderBy: { queuedAt: 'asc' }, fields: ['queuedAt'] },
    );
    const now = Date.now();
    const waitedMs = Math.max(0, now - (oldest?.queuedAt?.getTime() ?? now));
    return { waiting, held, oldestSeconds: waitedMs / 1_000 };
  }

  onWork(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#listeners.clear();
  }

  /** Entries that are not held. */
  #free() {
    return { id: { $nin: [...this.#held].map(Number) } };
  }

  async #putBack({ id }: Claim, failures: 0 | 1): Promise<void> {
    if (!this.#held.has(id)) return;
    try {
      const em = this.fork();
      const row = await em.findOne(QueuedChunk, { id: Number(id) });
      if (row !== null) {
        const counts = { deliveries: row.deliveries - 1, failures: row.failures + failures };
        await em.nativeUpdate(QueuedChunk, { id: row.id }, counts);
      }
      this.#counted.delete(id);
    } finally {
      // Even after a database error, because no other process would claim it.
      this.#held.delete(id);
      this.wake();
    }
  }
}
