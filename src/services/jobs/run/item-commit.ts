import { ForeignKeyConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { insertResults } from '../../images/result-rows.js';
import { inTransaction } from '../../shared/transaction.js';
import { addUsage } from '../../shared/usage-ledger.js';
import { countChange, type Ends, settle, writeTally } from '../job-row.js';
import {
  type Completed,
  holding,
  type ItemChange,
  isCompleted,
  type TimedChange,
  writeEnds,
} from './item-queries.js';
import { startItems } from './item-start.js';
import type { JobFacts } from './job-chunk.js';

/** Result of a commit. */
export interface Committed {
  /** The job's new `seq`; absent if nothing was written. */
  seq?: number;
  /** For each change, whether it was applied; empty if this round of the job has ended. */
  applied: boolean[];
}

/** Writes changes of a job's items and its counts in one transaction. After a {@link sourceDeleted} error, a retry succeeds. */
export function commitChanges(
  em: SqlEntityManager,
  job: JobFacts,
  changes: readonly TimedChange[],
): Promise<Committed> {
  return inTransaction(em, async (em) => {
    const row = await countChange(em, job, endsOf(changes));
    if (row === undefined) return { applied: [] };
    const applied = await holding(em, job.id, changes);
    const written = changes.filter((_change, i) => applied[i]);
    const completed = written.filter(isCompleted);
    await storeResults(em, job, completed);
    await writeEnds(em, job.id, written, row.seq);
    const starts = written.filter(({ move }) => move === 'start').map(({ position }) => position);
    if (starts.length > 0) await startItems(em, job.id, starts);
    const late = endsOf(changes.filter((_change, i) => !applied[i]));
    row.completedCount -= late.completed;
    row.failedCount -= late.failed;
    const { status } = row;
    settle(row);
    if (row.status !== status || written.length < changes.length) await writeTally(em, job.id, row);
    // A commit that wrote nothing is not published, so it has no `seq`.
    return { ...(written.length > 0 && { seq: row.seq }), applied };
  });
}

/** Returns true if a source was deleted between two statements of the commit; the next attempt stores null for it. */
export function sourceDeleted(error: unknown): boolean {
  return error instanceof ForeignKeyConstraintViolationException;
}

function endsOf(changes: readonly ItemChange[]): Ends {
  const failed = changes.filter(({ move }) => move === 'fail').length;
  return { completed: changes.filter(isCompleted).length, failed };
}

/** Before the items are updated: they refer to the results, and the deletion of an image locks rows in this order too. */
async function storeResults(
  em: SqlEntityManager,
  job: JobFacts,
  completed: readonly Completed[],
): Promise<void> {
  if (completed.length === 0) return;
  const imageBytes = completed.reduce((sum, { result }) => sum + result.byteSize, 0);
  await addUsage(em, job.ownerId, { imageCount: completed.length, imageBytes });
  const results = completed.map(({ imageId, result }) => ({ sourceId: imageId, result }));
  await insertResults(em, job, results, new Date());
}
