import { Cursor } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Job } from '../../entities/job.entity.js';
import { JobItem } from '../../entities/job-item.entity.js';
import type { JobStatus } from '../../entities/job-status.js';
import { checkPageSize, invalidCursor, type Page, type PageRequest } from '../shared/pagination.js';
import { attemptSpans, errorOf } from './attempt-spans.js';

/** Largest `integer` of PostgreSQL. */
const MAX_POSITION = 2 ** 31 - 1;

/** The public part of an item, detached from its EntityManager. */
export type ItemView = Pick<
  JobItem,
  'position' | 'status' | 'attempts' | 'durationMs' | 'error' | 'startedAt' | 'finishedAt' | 'attemptSpans'
> & {
  image: { id: string } | null;
  result: { id: string } | null;
};

/** Returns a page of a job's items in the order of the job's `imageIds`. */
export async function itemsPage(
  em: SqlEntityManager,
  job: Job,
  { first, after }: PageRequest,
  status?: JobStatus,
): Promise<Page<ItemView>> {
  checkPageSize(first);
  const start = after == null ? 0 : decodePosition(after) + 1;
  const where = { job: job.id, position: { $gte: start }, ...(status && { status }) };
  const rows = await em.find(JobItem, where, { orderBy: { position: 'asc' }, limit: first + 1 });
  const edges = rows
    .slice(0, first)
    .map((row) => ({ cursor: Cursor.encode([row.position]), node: viewOf(row) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > first,
      hasPreviousPage: start > 0,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    get totalCount() {
      return status === undefined ? job.totalCount : em.count(JobItem, { job: job.id, status });
    },
  };
}

/** Returns the items that ended with a `seq` above `after` and at most `upTo`. */
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

function viewOf(item: JobItem): ItemView {
  const { position, status, attempts, durationMs, startedAt, finishedAt, image, result } = item;
  return {
    ...{ position, status, attempts, durationMs, startedAt, finishedAt },
    error: errorOf(item),
    image: image && { id: image.id },
    result: result && { id: result.id },
    attemptSpans: attemptSpans(item),
  };
}

function decodePosition(cursor: string): number {
  try {
    const [position] = Cursor.decode(cursor) as [number];
    if (Number.isInteger(position) && position >= 0 && position <= MAX_POSITION) return position;
  } catch {
    // Not base64, or not JSON: rejected below.
  }
  throw invalidCursor();
}
