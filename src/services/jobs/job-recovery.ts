import type { SqlEntityManager } from '@mikro-orm/sql';
import { Job } from '../../entities/job.entity.js';
import { JobItem } from '../../entities/job-item.entity.js';
import type { Progress } from '../../progress/progress.js';
import type { Queue } from '../../queue/queue.js';
import type { Release } from '../shared/release-guard.js';
import { inTransaction } from '../shared/transaction.js';
import { chunksOf, lockJob, settle } from './job-row.js';
import { countItems, isEnded, OPEN } from './job-state.js';

export interface RecoveryDependencies {
  fork(): SqlEntityManager;
  queue: Queue;
  progress: Progress;
  release: Release;
  onError(error: unknown): void;
}

const INTERVAL_MS = 60_000;

/** Repairs jobs whose rows and queue entries disagree, at the start and every minute. */
export class JobRecovery {
  #timer: NodeJS.Timeout | undefined;
  /** The run in progress. */
  #round: Promise<void> | undefined;

  constructor(private readonly deps: RecoveryDependencies) {}

  async start(): Promise<void> {
    await this.reconcile();
    this.#timer = setInterval(() => {
      this.#round ??= this.reconcile()
        .catch(this.deps.onError)
        .finally(() => {
          this.#round = undefined;
        });
    }, INTERVAL_MS);
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#round;
  }

  /** Enqueues open items that have no queue entry, and ends jobs whose items have all ended. */
  async reconcile(): Promise<void> {
    if (!(await this.deps.release.isCurrent())) return;
    const open = await this.deps.fork().find(Job, { status: { $in: [...OPEN] } }, { fields: ['id'] });
    for (const { id } of open) {
      const seq = await inTransaction(this.deps.fork(), (em) => this.#repair(em, id));
      if (seq === undefined) continue;
      this.deps.progress.publish({ topic: 'job', id, seq });
      this.deps.queue.wake();
    }
  }

  /** Returns the job's new `seq`, or undefined if nothing had to be repaired. */
  async #repair(em: SqlEntityManager, id: string): Promise<number | undefined> {
    const job = await lockJob(em, id);
    if (job === null || isEnded(job.status)) return undefined;
    // Read before the items: an entry is removed only after its items have ended, so a missing entry then means a lost item.
    const entries = await this.deps.queue.pending(em, id);
    const covered = new Set(
      entries.filter(({ round }) => round === job.round).flatMap(({ positions }) => positions),
    );
    const items = await em.find(JobItem, { job: id }, { fields: ['status'], orderBy: { position: 'asc' } });
    const lost = items.filter(({ status, position }) => !isEnded(status) && !covered.has(position));
    const counts = countItems(items.map(({ status }) => status));
    if (lost.length === 0 && counts.QUEUED + counts.PROCESSING > 0) return undefined;

    const positions = lost.map(({ position }) => position);
    await this.deps.queue.enqueue(em, chunksOf(job, positions));
    job.completedCount = counts.COMPLETED;
    job.failedCount = counts.FAILED;
    job.cancelledCount = counts.CANCELLED;
    settle(job);
    return ++job.seq;
  }
}
