import { median } from 'simple-statistics';
import { type ComparisonRow, compareBenchmarks, samplesNeeded } from '../benchmark/analysis/comparison.js';
import { describeDifferences } from '../benchmark/analysis/differences.js';
import { count, figure, milliseconds, percent } from '../benchmark/analysis/format-numbers.js';
import type { BenchmarkReport } from '../benchmark/export/report.js';
import type { Interval } from '../benchmark/statistics/bootstrap.js';

/** A report beside its baseline, in words. */
export interface BaselineVerdict {
  lines: string[];
  /** No cell is slower by more than is accepted, and there were some to compare. */
  accepted: boolean;
}

/** @param maxRegression 0.1: ten per cent slower is still accepted */
export function compareWithBaseline(
  baseline: BenchmarkReport,
  now: BenchmarkReport,
  maxRegression: number,
): BaselineVerdict {
  const before = { id: 'baseline', samples: baseline.samples };
  const after = { id: 'now', samples: now.samples };
  const rows = compareBenchmarks(before, [after]);
  const regressions = rows.filter((row) => row.verdict === 'SLOWER' && slowdown(row) > maxRegression);
  const differences = describeDifferences(baseline, [now]).map((line) => `Differs: ${line}`);
  if (rows.every(({ pValue }) => pValue === null)) {
    const nothing = 'Nothing could be compared: no valid cell has samples enough in both (--repetitions).';
    return { lines: [...rows.map(rowText), ...differences, nothing], accepted: false };
  }
  const needed = samplesNeeded(before, after, rows);
  return {
    lines: [
      ...rows.map(rowText),
      ...differences,
      ...canary(rows),
      summary(rows, regressions.length, needed, maxRegression),
    ],
    accepted: regressions.length === 0,
  };
}

/** SYNC uses no concurrency: what changed for it changed for all, and no model is to blame. */
function canary(rows: readonly ComparisonRow[]): string[] {
  const ratios = rows.flatMap(({ model, ratio }) => (model === 'SYNC' ? [ratio] : []));
  if (ratios.length === 0) return [];
  const longer = 1 / median(ratios) - 1;
  const change = `${percent(Math.abs(longer))} ${longer >= 0 ? 'slower' : 'faster'}`;
  return [
    `SYNC itself is ${change} (median of ${count(ratios.length, 'cell')}): that is the machine, or the work, and no model.`,
  ];
}

/** @param needed repetitions without which no row can be significant; null where there are enough */
function summary(
  rows: readonly ComparisonRow[],
  regressions: number,
  needed: number | null,
  maxRegression: number,
): string {
  const slower = `slower than the baseline by more than ${figure(100 * maxRegression)} %`;
  const uncorrected =
    needed === null
      ? ''
      : ` By intervals alone: among ${rows.length} cells so few samples can never be significant; --repetitions ${needed} could.`;
  if (regressions > 0) return `${regressions} of ${rows.length} cells are ${slower}.${uncorrected}`;
  return `No cell of ${rows.length} is ${needed === null ? 'significantly ' : ''}${slower}.${uncorrected}`;
}

const slowdown = ({ ratio }: ComparisonRow): number => 1 / ratio - 1;

function rowText(row: ComparisonRow): string {
  const { model, engine, imageCount, workers, baselineMedianMs, medianMs, ratioInterval, pValue, verdict } =
    row;
  const cell = [model, engine, count(imageCount, engine === null ? 'task' : 'image'), `${workers} w`]
    .filter(Boolean)
    .join(', ');
  return `${verdict.padEnd(17)}  ${cell}: ${milliseconds(baselineMedianMs)} → ${milliseconds(medianMs)} (${change(row.ratio)}${doubt(ratioInterval, pValue)})`;
}

/** By how much longer or shorter than the baseline, from baseline over this. */
function change(ratio: number): string {
  const longer = 1 / ratio - 1;
  return `${longer >= 0 ? '+' : '-'}${percent(Math.abs(longer))}`;
}

function doubt(ratio: Interval | null, pValue: number | null): string {
  if (!ratio || pValue === null) return '';
  const p = pValue < 0.001 ? 'p < 0.001' : `p = ${Number(pValue.toPrecision(2))}`;
  return `; 95 % interval ${change(ratio.high)} to ${change(ratio.low)}, ${p}`;
}
