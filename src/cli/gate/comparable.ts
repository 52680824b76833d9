import { cellKey } from '../../benchmark/cell.js';
import type { BenchmarkRecord } from '../../benchmark/export/report.js';
import { cellsOf } from '../../benchmark/plan.js';
import { MIN_SAMPLES_FOR_INTERVAL } from '../../benchmark/statistics/bootstrap.js';
import { AppError } from '../../errors.js';
import type { RunBenchmarkInput } from '../generated/graphql.js';
import { requestedLists } from '../options/requested-lists.js';

/**
 * Checks before measuring that at least one cell of a baseline can be compared with the request. The server checks names
 * and numbers.
 *
 * @throws AppError BAD_USER_INPUT
 */
export function rejectIncomparable(
  { samples, environment }: BenchmarkRecord,
  input: RunBenchmarkInput,
): void {
  rejectTooFew(input.repetitions, '--baseline');
  const lists = requestedLists(input, environment?.availableParallelism ?? 1);
  if (lists === null) return;
  const requested = new Set(cellsOf(lists, input.workload ?? 'IMAGE').map(cellKey));
  const comparable = [...Map.groupBy(samples, cellKey)].some(
    ([key, ofCell]) => ofCell.length >= MIN_SAMPLES_FOR_INTERVAL && requested.has(key),
  );
  if (comparable) return;
  throw AppError.badInput(
    '--baseline',
    `has no cell with at least ${MIN_SAMPLES_FOR_INTERVAL} samples that would be measured now: nothing could be compared`,
  );
}

/** @param option that asks for the comparison. @throws AppError BAD_USER_INPUT for samples that cannot be compared */
export function rejectTooFew(repetitions: RunBenchmarkInput['repetitions'], option: string): void {
  if (!repetitions || repetitions >= MIN_SAMPLES_FOR_INTERVAL) return;
  throw AppError.badInput(
    '--repetitions',
    `must be at least ${MIN_SAMPLES_FOR_INTERVAL} with ${option}: fewer samples cannot be compared`,
  );
}
