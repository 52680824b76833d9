import { setTimeout as delay } from 'node:timers/promises';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Image } from '../entities/image.entity.js';
import type { Job } from '../entities/job.entity.js';
import { type ItemError, JobItem } from '../entities/job-item.entity.js';
import type { ErrorCode } from '../errors.js';
import type { ComputeResult } from '../execution/compute.js';
import type { Progress } from '../progress/progress.js';
import { imageKey } from './image-key.js';
import { lockJob, settle } from './job-row.js';
import { type ItemMove, isEnded, itemStatusesBefore, statusAfter } from './job-state.js';

/** What happened to an item, under the number of the attempt that it happened to. */
export type ItemChange = { position: number; attempts: number } & (
  | { move: 'start' }
  | { move: 'complete'; result: ComputeResult & { id: string; filename: string } }
  | { move: 'fail'; error: ItemError; crashes: number }
  | { move: 'release'; crashes: number }
);

export interface BookDependencies {
  fork(): SqlEntityManager;
  progress: Progress;
  onError(error: unknown): void;
  /** Called for each item that ended here: OK, or why it failed. */
  onItemEnded?(code: 'OK' | ErrorCode): void;
}

interface Entry {
  change: ItemChange;
  resolve(applied: boolean): void;
}

/** Commits less apart than this are one: each costs a sync of the disk, and the loop stands still meanwhile. */
const GROUP_MS = 10;
const RETRY_PAUSES_MS = [100, 500, 2_000, 5_000];

/**
 * Writes down what happens to the items of one job in this process, in one order, several at a time: items, results,
 * counts and `seq` in one transaction, and only then the news of it.
 */
export class JobBook {
  /** The job's `seq` after the last thing written here. */
  seq = 0;
  #entries: Entry[] = [];
  #writing = false;
  #lastWrite = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly job: { readonly id: string; readonly round: number },
    private readonly deps: BookDependencies,
    /** Aborted when there is no database any more to write to. */
    private readonly closed: AbortSignal,
  ) {}

  /**
   * Resolves when it is on the disk: true where it holds, false where it came too late, as the item was cancelled or
   * somebody else has it. A database that cannot be reached is waited for.
   */
  record(change: ItemChange): Promise<boolean> {
    return new Promise((resolve) => {
      this.#entries.push({ change, resolve });
      if (!this.#writing) void this.#write();
    });
  }

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#entries.length > 0) {
      const pause = this.#lastWrite + GROUP_MS - performance.now();
      // A turn of the loop at least: what happened in this one belongs together.
      await delay(Math.max(0, pause));
      const entries = this.#entries.splice(0);
      const applied = await this.#commitInTheEnd(entries.map(({ change }) => change));
      this.#lastWrite = performance.now();
      for (const [i, { resolve }] of entries.entries()) resolve(applied[i] ?? false);
    }
    this.#writing = false;
  }

  async #commitInTheEnd(changes: ItemChange[]): Promise<boolean[]> {
    for (let failures = 0; !this.closed.aborted; failures++) {
      try {
        const { seq, applied } = await this.#commit(changes);
        if (seq !== undefined) {
          this.seq = seq;
          this.deps.progress.publish({ topic: 'job', id: this.job.id, seq });
          this.#countEnded(changes.filter((_change, i) => applied[i]));
        }
        return applied;
      } catch (error) {
        this.deps.onError(error);
        const pause = RETRY_PAUSES_MS[Math.min(failures, RETRY_PAUSES_MS.length - 1)];
        await delay(pause, undefined, { signal: this.closed }).catch(() => undefined);
      }
    }
    return [];
  }

  #countEnded(changes: readonly ItemChange[]): void {
    for (const change of changes) {
      if (change.move === 'complete') this.deps.onItemEnded?.('OK');
      if (change.move === 'fail') this.deps.onItemEnded?.(change.error.code);
    }
  }

  #commit(changes: ItemChange[]): Promise<{ seq?: number; applied: boolean[] }> {
    return this.deps.fork().transactional(async (em) => {
      const job = await lockJob(em as SqlEntityManager, this.job.id);
      if (job === null || job.round !== this.job.round || isEnded(job.status)) return { applied: [] };
      const seq = job.seq + 1;
      const valid = await stillValid(em as SqlEntityManager, job, changes);
      if (valid.size === 0) return { applied: [] };
      await insertResults(em as SqlEntityManager, job, valid);
      for (const [change] of valid) await writeItem(em as SqlEntityManager, job, change, seq);
      count(job, [...valid.keys()]);
      job.seq = seq;
      settle(job);
      return { seq, applied: changes.map((change) => valid.has(change)) };
    });
  }
}

/** The changes that do not come too late, each with the image that it is about, or null where that was deleted. */
async function stillValid(
  em: SqlEntityManager,
  job: Job,
  changes: readonly ItemChange[],
): Promise<Map<ItemChange, string | null>> {
  const rows = await em.find(
    JobItem,
    { job: job.id, position: { $in: changes.map(({ position }) => position) } },
    { fields: ['status', 'attempts', 'image'] },
  );
  const byPosition = new Map(rows.map((row) => [row.position, row]));
  const valid = new Map<ItemChange, string | null>();
  for (const change of changes) {
    const row = byPosition.get(change.position);
    if (row?.attempts !== change.attempts || !itemStatusesBefore(change.move).includes(row.status)) continue;
    valid.set(change, row.image?.id ?? null);
  }
  return valid;
}

async function insertResults(
  em: SqlEntityManager,
  job: Job,
  valid: ReadonlyMap<ItemChange, string | null>,
): Promise<void> {
  const rows = [...valid].flatMap(([change, source]) => {
    if (change.move !== 'complete') return [];
    const { result } = change;
    const { operations, engine, owner } = job;
    return {
      ...result,
      owner,
      source,
      operations,
      engine,
      storageKey: imageKey(result.id),
      createdAt: new Date(),
    };
  });
  if (rows.length > 0) await em.insertMany(Image, rows);
}

/** Asks for the attempt once more: a result can only ever be written under the attempt that it came from. */
async function writeItem(em: SqlEntityManager, job: Job, change: ItemChange, seq: number): Promise<void> {
  const { position, attempts, move } = change;
  const where = { job: job.id, position, attempts, status: { $in: [...itemStatusesBefore(move)] } };
  const status = statusAfter(move);
  const written = await em.nativeUpdate(JobItem, where, { status, ...columns(change, seq) });
  if (written !== 1) throw new Error(`Item ${position} of job ${job.id} was changed without the job's lock`);
}

function columns(change: ItemChange, seq: number): Partial<JobItem> | { result: string } {
  switch (change.move) {
    case 'start':
      return { attempts: change.attempts + 1 };
    case 'complete':
      return { result: change.result.id, durationMs: change.result.durationMs, endedSeq: seq };
    case 'fail':
      return { error: change.error, crashes: change.crashes, endedSeq: seq };
    case 'release':
      return { crashes: change.crashes };
  }
}

function count(job: Job, changes: readonly ItemChange[]): void {
  const of = (move: ItemMove) => changes.filter((change) => change.move === move).length;
  job.completedCount += of('complete');
  job.failedCount += of('fail');
  if (of('start') > 0) job.startedAt ??= new Date();
}
