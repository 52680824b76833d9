import { median } from 'simple-statistics';
import { BUSY_SHARE, cellWarnings, expectedDigests } from '../analysis/cell-warnings.js';
import { type ComparisonRow, compareBenchmarks, samplesNeeded } from '../analysis/comparison.js';
import { describeDifferences, hardwareDifferences, workDifferences } from '../analysis/differences.js';
import { count, figure, milliseconds, percent } from '../analysis/format-numbers.js';
import { cellKey } from '../cell.js';
import type { BenchmarkRecord } from '../export/report.js';
import type { BenchmarkSample } from '../sample.js';
import type { Interval } from '../statistics/bootstrap.js';
import type { GateOutcome } from './gate-outcome.js';
import { relativeToSync } from './relative-to-sync.js';

/** A report compared with its baseline. */
export interface BaselineVerdict {
  outcome: GateOutcome;
  /** Lines of text; the last line is the summary. */
  lines: string[];
}

export interface GateOptions {
  /** 0.1: a cell that is 10 % slower is still accepted. */
  maxRegression: number;
  /** Compares the times relative to SYNC if the machines differ. */
  allowOtherMachine: boolean;
}

/**
 * Compares a report with its baseline. NOT_COMPARABLE if the work differs, the machines differ (unless allowed), or a
 * cell of the baseline is missing, void or has too few samples; a regression takes precedence.
 */
export function compareWithBaseline(
  baseline: BenchmarkRecord,
  now: BenchmarkRecord,
  { maxRegression, allowOtherMachine }: GateOptions,
): BaselineVerdict {
  const differences = describeDifferences(baseline, [now]).map((line) => `Differs: ${line}`);
  const hardware = hardwareDifferences(baseline.environment, now.environment);
  const relative = hardware.length > 0 && allowOtherMachine;
  const otherRuntime = isForeign(baseline) || isForeign(now);
  const before = {
    id: 'baseline',
    otherRuntime,
    samples: relative ? relativeToSync(baseline.samples) : baseline.samples,
  };
  const after = { id: 'now', samples: relative ? relativeToSync(now.samples) : now.samples };
  const rows = compareBenchmarks(before, [after]);
  const lines = [...rows.map((row) => rowText(row, relative)), ...differences];
  const work = [...workDifferences(baseline, now), ...(otherRuntime ? [] : otherResults(baseline, now))];
  if (work.length > 0) return notComparable(lines, `the work differs (${work.join('; ')})`);
  if (hardware.length > 0 && !relative) {
    return notComparable(
      lines,
      `the baseline is from another machine (${hardware.join('; ')}); --allow-other-machine compares times relative to SYNC`,
    );
  }
  const compared = rows.filter(({ pValue }) => pValue !== null);
  if (compared.length === 0) {
    return notComparable(lines, 'no valid cell has enough samples on both sides (--repetitions)');
  }
  const regressions = compared.filter((row) => row.verdict === 'SLOWER' && slowdown(row) > maxRegression);
  const certain = regressions.filter(
    (row) => !isDoubtful(row, baseline.samples) && !isDoubtful(row, now.samples),
  );
  const needed = samplesNeeded(before, after, rows);
  const context = [...lines, ...(relative ? [] : canary(rows))];
  const total = new Set(before.samples.map(cellKey)).size;
  const summary = summaryText(compared.length, total, regressions.length, needed, maxRegression);
  if (certain.length > 0) return { outcome: 'REGRESSION', lines: [...context, summary] };
  if (regressions.length > 0) {
    return notComparable(
      [...context, summary],
      'every slower cell is noisy or was measured on a busy machine; repeat on an idle machine, or raise --repetitions',
    );
  }
  return compared.length < total
    ? notComparable(
        [...context, summary],
        `${total - compared.length} of ${count(total, 'cell')} of the baseline could not be compared: void, missing, or with too few samples`,
      )
    : { outcome: 'ACCEPTED', lines: [...context, summary] };
}

/** Other programs write other bytes for the same work. */
const isForeign = ({ environment }: BenchmarkRecord): boolean =>
  environment?.runtime !== undefined && !environment.runtime.startsWith('Node ');

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

/** Whether the samples of a cell vary too much, or other programs used the processors, so that it cannot fail a build alone. */
function isDoubtful(row: ComparisonRow, samples: readonly BenchmarkSample[]): boolean {
  const ofCell = samples.filter((sample) => cellKey(sample) === cellKey(row));
  if (ofCell.length === 0) return false;
  // One disturbed sample does not move the median, so that it raises a warning and is no excuse.
  if (median(ofCell.map(({ otherCpuShare }) => otherCpuShare ?? 0)) > BUSY_SHARE) return true;
  const context = { processors: Number.POSITIVE_INFINITY, expectedDigest: '' };
  return cellWarnings(ofCell, context).includes('NOISY');
}

const notComparable = (lines: string[], why: string): BaselineVerdict => ({
  outcome: 'NOT_COMPARABLE',
  lines: [...lines, `Not comparable: ${why}.`],
});

/** SYNC uses no concurrency, so a change of its time is a change of the machine or the work, not of a model. */
function canary(rows: readonly ComparisonRow[]): string[] {
  const ratios = rows.flatMap(({ model, ratio }) => (model === 'SYNC' ? [ratio] : []));
  if (ratios.length === 0) return [];
  const longer = 1 / median(ratios) - 1;
  const change = `${percent(Math.abs(longer))} ${longer >= 0 ? 'slower' : 'faster'}`;
  return [
    `SYNC itself is ${change} (median of ${count(ratios.length, 'cell')}): a change of the machine or of the work, not of a model.`,
  ];
}

/** @param needed repetitions required for a significant row; null if there are enough */
function summaryText(
  compared: number,
  total: number,
  regressions: number,
  needed: number | null,
  maxRegression: number,
): string {
  const slower = `slower than the baseline by more than ${figure(100 * maxRegression)} %`;
  const uncorrected =
    needed === null
      ? ''
      : ` By intervals alone: among ${compared} cells, this number of samples can never be significant; --repetitions ${needed} could.`;
  const scope = `Compared ${compared} of ${count(total, 'cell')}.`;
  return regressions > 0
    ? `${scope} ${regressions} of ${compared} cells are ${slower}.${uncorrected}`
    : `${scope} No cell is ${needed === null ? 'significantly ' : ''}${slower}.${uncorrected}`;
}

const slowdown = ({ ratio }: ComparisonRow): number => 1 / ratio - 1;

function rowText(row: ComparisonRow, relative: boolean): string {
  const { model, engine, imageCount, workers, baselineMedianMs, medianMs, ratioInterval, pValue, verdict } =
    row;
  const cell = [model, engine, count(imageCount, engine === null ? 'task' : 'image'), `${workers} w`]
    .filter(Boolean)
    .join(', ');
  const time = (value: number) => (relative ? `${figure(value)} of SYNC` : milliseconds(value));
  return `${verdict.padEnd(17)}  ${cell}: ${time(baselineMedianMs)} → ${time(medianMs)} (${change(row.ratio)}${doubt(ratioInterval, pValue)})`;
}

/** Change of the time, from the ratio of baseline over candidate. */
function change(ratio: number): string {
  const longer = 1 / ratio - 1;
  return `${longer >= 0 ? '+' : '-'}${percent(Math.abs(longer))}`;
}

function doubt(ratio: Interval | null, pValue: number | null): string {
  if (!ratio || pValue === null) return '';
  const p = pValue < 0.001 ? 'p < 0.001' : `p = ${Number(pValue.toPrecision(2))}`;
  return `; 95 % interval ${change(ratio.high)} to ${change(ratio.low)}, ${p}`;
}
