import { Cursor } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Job } from '../../entities/job.entity.js';
import { JobItem } from '../../entities/job-item.entity.js';
import { checkPageSize, invalidCursor, type Page, type PageRequest } from '../shared/pagination.js';

/** PostgreSQL's greatest integer. */
const MAX_POSITION = 2 ** 31 - 1;

/** What is shown of an item, free of any EntityManager. */
export type ItemView = Pick<JobItem, 'position' | 'status' | 'attempts' | 'durationMs' | 'error'> & {
  image: { id: string } | null;
  result: { id: string } | null;
};

/** A page of a job's items in the order in which their images were given. */
export async function itemsPage(
  em: SqlEntityManager,
  job: Job,
  { first, after }: PageRequest,
): Promise<Page<ItemView>> {
  checkPageSize(first);
  const start = after === undefined ? 0 : decodePosition(after) + 1;
  // Positions have no gaps: what lies before and behind is known without asking.
  const where = { job: job.id, position: { $gte: start, $lt: start + first } };
  const rows = await em.find(JobItem, where, { orderBy: { position: 'asc' } });
  const edges = rows.map((row) => ({ cursor: Cursor.encode([row.position]), node: viewOf(row) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: start + first < job.totalCount,
      hasPreviousPage: start > 0,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: job.totalCount,
  };
}

/** Items that ended with a `seq` after one and up to another. */
export async function itemsEndedBetween(
  em: SqlEntityManager,
  jobId: string,
  after: number,
  upTo: number,
): Promise<ItemView[]> {
  const where = { job: jobId, endedSeq: { $gt: after, $lte: upTo } };
  const rows = await em.find(JobItem, where, { orderBy: { endedSeq: 'asc', position: 'asc' } });
  return rows.map(viewOf);
}

function viewOf({ position, status, attempts, durationMs, error, image, result }: JobItem): ItemView {
  return {
    position,
    status,
    attempts,
    durationMs,
    error,
    image: image && { id: image.id },
    result: result && { id: result.id },
  };
}

function decodePosition(cursor: string): number {
  try {
    const [position] = Cursor.decode(cursor) as [number];
    if (Number.isInteger(position) && position >= 0 && position <= MAX_POSITION) return position;
  } catch {
    // Told below: not base64, or not JSON.
  }
  throw invalidCursor();
}
