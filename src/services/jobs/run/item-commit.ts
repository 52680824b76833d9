import { ForeignKeyConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { inTransaction } from '../../shared/transaction.js';
import { countChange, type Ends, settle, writeTally } from '../job-row.js';
import { holding, type ItemChange, isCompleted, writeChanges } from './item-queries.js';
import type { JobFacts } from './job-chunk.js';
import { insertResults } from './result-queries.js';

/** What came of a commit. */
export interface Committed {
  /** The job's, where anything was written. */
  seq?: number;
  /** For each change whether it held; none where that round of the job is over. */
  applied: boolean[];
}

/** Writes changes of a job's items, with its counts, in one transaction. {@link sourceDeleted} errors pass by themselves. */
export function commitChanges(
  em: SqlEntityManager,
  job: JobFacts,
  changes: readonly ItemChange[],
): Promise<Committed> {
  return inTransaction(em, async (em) => {
    const row = await countChange(em, job, endsOf(changes));
    if (row === undefined) return { applied: [] };
    const applied = await holding(em, job.id, changes);
    const written = changes.filter((_change, i) => applied[i]);
    await insertResults(em, job, written.filter(isCompleted));
    await writeChanges(em, job.id, written, row.seq);
    const late = endsOf(changes.filter((_change, i) => !applied[i]));
    row.completedCount -= late.completed;
    row.failedCount -= late.failed;
    const { status } = row;
    settle(row);
    if (row.status !== status || written.length < changes.length) await writeTally(em, job.id, row);
    // Of a change in which nothing was written nobody hears: its number is left out.
    return { ...(written.length > 0 && { seq: row.seq }), applied };
  });
}

/** A source was deleted between two statements of a commit, which finds it gone the next time. */
export function sourceDeleted(error: unknown): boolean {
  return error instanceof ForeignKeyConstraintViolationException;
}

function endsOf(changes: readonly ItemChange[]): Ends {
  const failed = changes.filter(({ move }) => move === 'fail').length;
  return { completed: changes.filter(isCompleted).length, failed };
}
