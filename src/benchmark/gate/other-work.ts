import { expectedDigests } from '../analysis/cell-warnings.js';
import { workDifferences } from '../analysis/comparison/differences.js';
import { startedTogether } from '../analysis/comparison/measured-times.js';
import { count } from '../analysis/format-numbers.js';
import type { BenchmarkRecord } from '../export/report.js';

/**
 * How the measured work differs; null if it is the same. Tasks of other names whose results are equal are versions of one
 * task where they were measured in turn.
 *
 * @param otherRuntime one side is from another program, which writes other bytes for the same work
 */
export function otherWorkText(
  baseline: BenchmarkRecord,
  now: BenchmarkRecord,
  otherRuntime: boolean,
): string | null {
  const renamed = startedTogether(baseline, now) === true && haveEqualResults(baseline, now);
  const work = [
    ...workDifferences(renamed ? { ...baseline, task: now.task ?? null } : baseline, now),
    ...(otherRuntime ? [] : otherResults(baseline, now)),
  ];
  return work.length > 0 ? `the work differs (${work.join('; ')})` : null;
}

function haveEqualResults(baseline: BenchmarkRecord, now: BenchmarkRecord): boolean {
  const digests = expectedDigests(now.samples);
  const before = [...expectedDigests(baseline.samples)];
  return before.length > 0 && before.every(([work, digest]) => digests.get(work) === digest);
}

/** Works whose results have other bytes than in the baseline: they are no longer the same work. */
function otherResults(baseline: BenchmarkRecord, now: BenchmarkRecord): string[] {
  const digests = expectedDigests(now.samples);
  const changed = [...expectedDigests(baseline.samples)].filter(
    ([work, digest]) => digests.has(work) && digests.get(work) !== digest,
  );
  return changed.length > 0
    ? [`${count(changed.length, 'work')} could not be compared: the results have other bytes`]
    : [];
}
