import type { SqlEntityManager } from '@mikro-orm/sql';
import { Image } from '../../../entities/image.entity.js';
import type { Job } from '../../../entities/job.entity.js';
import type { QueueEntry } from '../../../queue/queue.js';
import { inTransaction } from '../../shared/transaction.js';
import { lockJob, settle } from '../job-row.js';
import { isEnded } from '../job-state.js';
import { type ItemAttempt, startAll } from './item-queries.js';

/** What every item of a job has in common. */
export type JobFacts = Readonly<
  Pick<Job, 'id' | 'round' | 'pool' | 'workers' | 'engine' | 'operations' | 'traceparent'> & {
    ownerId: string;
  }
>;

/** An item that is to be run, under the attempt that it was started with. */
export interface StartedItem extends ItemAttempt {
  /** Null where the image has been deleted. */
  readonly source: { readonly storageKey: string; readonly filename: string } | null;
}

/** What a claimed entry leaves to do. */
export interface StartedChunk {
  job: JobFacts;
  items: StartedItem[];
  /** The job's, after the start. */
  seq: number;
  /** The job has started with it. */
  first: boolean;
}

/**
 * Starts the items of a claimed entry that have not ended, each as a new attempt. Whoever had them before is gone, or
 * comes too late. Undefined where the entry is void, as its job has ended or been retried since.
 */
export function startChunk(
  em: SqlEntityManager,
  { jobId, round, positions }: QueueEntry,
): Promise<StartedChunk | undefined> {
  return inTransaction(em, async (em) => {
    const job = await lockJob(em, jobId);
    if (job === null || job.round !== round || isEnded(job.status)) return undefined;
    const rows = await startAll(em, jobId, positions);
    if (rows.length === 0) return undefined;
    const first = job.startedAt === null;
    job.startedAt ??= new Date();
    job.seq++;
    settle(job);
    return { job: factsOf(job), items: await withSources(em, rows), seq: job.seq, first };
  });
}

function factsOf({ id, round, pool, workers, engine, operations, traceparent, owner }: Job): JobFacts {
  return { id, round, pool, workers, engine, operations, traceparent, ownerId: owner.id };
}

async function withSources(em: SqlEntityManager, rows: readonly ItemAttempt[]): Promise<StartedItem[]> {
  const images = await em.find(
    Image,
    { id: { $in: rows.flatMap(({ imageId }) => imageId ?? []) } },
    { fields: ['storageKey', 'filename'], disableIdentityMap: true },
  );
  const byId = new Map(images.map(({ id, storageKey, filename }) => [id, { storageKey, filename }]));
  return rows
    .map((item) => ({ ...item, source: byId.get(item.imageId ?? '') ?? null }))
    .toSorted((a, b) => a.position - b.position);
}
