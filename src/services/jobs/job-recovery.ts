import type { SqlEntityManager } from '@mikro-orm/sql';
import { Job } from '../../entities/job.entity.js';
import { JobItem } from '../../entities/job-item.entity.js';
import type { Progress } from '../../progress/progress.js';
import type { Queue } from '../../queue/queue.js';
import { inTransaction } from '../shared/transaction.js';
import { chunksOf, lockJob, settle } from './job-row.js';
import { countItems, isEnded, OPEN } from './job-state.js';

export interface RecoveryDependencies {
  fork(): SqlEntityManager;
  queue: Queue;
  progress: Progress;
  onError(error: unknown): void;
}

const INTERVAL_MS = 60_000;

/** Mends jobs whose rows and entries in the queue have come apart, at the start and from time to time. */
export class JobRecovery {
  #timer: NodeJS.Timeout | undefined;
  /** The one that runs. */
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

  /** Queues items again that nobody will come to, and closes jobs whose items have all ended. */
  async reconcile(): Promise<void> {
    const open = await this.deps.fork().find(Job, { status: { $in: [...OPEN] } }, { fields: ['id'] });
    for (const { id } of open) {
      const seq = await inTransaction(this.deps.fork(), (em) => this.#mend(em, id));
      if (seq === undefined) continue;
      this.deps.progress.publish({ topic: 'job', id, seq });
      this.deps.queue.wake();
    }
  }

  /** The job's new `seq` where something was to be mended. */
  async #mend(em: SqlEntityManager, id: string): Promise<number | undefined> {
    const job = await lockJob(em, id);
    if (job === null || isEnded(job.status)) return undefined;
    // Before the items: an entry goes when its items have ended, so that none of those read now can be missing then.
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
