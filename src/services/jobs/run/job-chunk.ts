import type { SqlEntityManager } from '@mikro-orm/sql';
import { Image } from '../../../entities/image.entity.js';
import type { Job } from '../../../entities/job.entity.js';
import type { QueueEntry } from '../../../queue/queue.js';
import { inTransaction } from '../../shared/transaction.js';
import { lockJob, settle } from '../job-row.js';
import { isEnded } from '../job-state.js';
import type { ItemAttempt } from './item-queries.js';
import { startItems } from './item-start.js';
import { refuseNewerWork } from './newer-work.js';

/** The fields of a job that its items need. */
export type JobFacts = Readonly<
  Pick<Job, 'id' | 'round' | 'pool' | 'workers' | 'engine' | 'operations' | 'traceparent'> & {
    ownerId: string;
  }
>;

const SOURCE_FIELDS = [
  'storageKey',
  'filename',
  'focalPoint',
  'format',
  'width',
  'height',
  'frames',
] as const;

/** An item to run, with the number of the attempt that was started for it. */
export interface StartedItem extends ItemAttempt {
  /** Null where the image has been deleted. */
  readonly source: Pick<Image, (typeof SOURCE_FIELDS)[number]> | null;
}

/** The items of a claimed entry that have to be run. */
export interface StartedChunk {
  job: JobFacts;
  items: StartedItem[];
  /** The job's `seq` after the start. */
  seq: number;
  /** True if this start was the job's first. */
  first: boolean;
}

/**
 * Starts the items of a claimed entry that have not ended, each as a new attempt. Returns undefined if the entry is
 * void: its job has ended or been retried since, or its items have ended. Throws NewerWork before anything is started.
 */
export function startChunk(
  em: SqlEntityManager,
  { jobId, round, positions }: QueueEntry,
): Promise<StartedChunk | undefined> {
  return inTransaction(em, async (em) => {
    const job = await lockJob(em, jobId);
    if (job === null || job.round !== round || isEnded(job.status)) return undefined;
    refuseNewerWork(job);
    const rows = await startItems(em, jobId, positions);
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
    {
      fields: ['storageKey', 'filename', 'focalX', 'focalY', 'format', 'width', 'height', 'frames'],
      disableIdentityMap: true,
    },
  );
  const byId = new Map(
    images.map((image) => {
      const { id, storageKey, filename, focalPoint, format, width, height, frames } = image as Image;
      return [id, { storageKey, filename, focalPoint, format, width, height, frames }];
    }),
  );
  return rows
    .map((item) => ({ ...item, source: byId.get(item.imageId ?? '') ?? null }))
    .toSorted((a, b) => a.position - b.position);
}
