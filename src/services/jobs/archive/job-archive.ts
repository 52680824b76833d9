import type { Readable } from 'node:stream';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Job } from '../../../entities/job.entity.js';
import { JobItem } from '../../../entities/job-item.entity.js';
import type { Storage } from '../../../storage/storage.js';
import { downloadName } from '../../shared/display-name.js';
import { errorOf } from '../attempt-spans.js';
import { type ArchiveItem, resultArchive } from './result-archive.js';

/** Rows in memory at once: memory does not grow with the job. */
const PAGE = 200;

/** Returns a zip of a job's results so far, with a manifest of every item. */
export function archiveOf(em: SqlEntityManager, storage: Storage, job: Job): Readable {
  const { id, status, engine, pool, workers, operations, createdAt, startedAt, finishedAt, durationMs } = job;
  const about = {
    job: { id, status, engine, pool, workers, createdAt, startedAt, finishedAt, durationMs },
    operations,
  };
  return resultArchive(storage, itemsOf(em, job), about);
}

async function* itemsOf(em: SqlEntityManager, { id, totalCount }: Job): AsyncGenerator<ArchiveItem> {
  for (let start = 0; start < totalCount; start += PAGE) {
    const rows = await em.find(
      JobItem,
      { job: id, position: { $gte: start, $lt: start + PAGE } },
      { populate: ['image', 'result'], strategy: 'select-in', orderBy: { position: 'asc' } },
    );
    yield* rows.map((item) => {
      const { position, status, attempts, startedAt, finishedAt, durationMs, image, result } = item;
      return {
        key: result?.storageKey,
        name: result ? downloadName(result) : '',
        record: {
          ...{ position, status, attempts, startedAt, finishedAt, durationMs },
          error: errorOf(item),
          source: image && { id: image.id, filename: image.filename, ...measuresOf(image) },
          result: result && { id: result.id, createdAt: result.createdAt, ...measuresOf(result) },
        },
      };
    });
    em.clear();
  }
}

type Measures = { format: string; width: number; height: number; byteSize: number };

function measuresOf({ format, width, height, byteSize }: Measures): Measures {
  return { format, width, height, byteSize };
}
