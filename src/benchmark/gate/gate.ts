import { type ComparisonRow, compareBenchmarks, samplesNeeded } from '../analysis/comparison/comparison.js';
import { describeDifferences, hardwareDifferences } from '../analysis/comparison/differences.js';
import type { MeasuredTimes } from '../analysis/comparison/measured-times.js';
import { count, figure } from '../analysis/format-numbers.js';
import { cellKey } from '../cell.js';
import type { BenchmarkRecord } from '../export/report.js';
import type { BenchmarkSample } from '../sample.js';
import { doubtOf } from './doubt.js';
import type { GateOutcome } from './gate-outcome.js';
import { otherWorkText } from './other-work.js';
import { relativeToSync } from './relative-to-sync.js';
import { rowCell, rowText } from './row-text.js';
import { syncChange } from './sync-change.js';

/** A report compared with its baseline. */
export interface BaselineVerdict {
  outcome: GateOutcome;
  /** Cells that were compared. */
  compared: number;
  /** All cells of both sides; empty where the work differs. */
  rows: readonly ComparisonRow[];
  /** Lines of text; the last line is the summary. */
  lines: string[];
}

export interface GateOptions {
  /** 0.1: a cell that is 10 % slower is still accepted. */
  maxRegression: number;
  /** Compares the times relative to SYNC if the machines differ. */
  allowOtherMachine: boolean;
  /** Two versions of one task, so that a change of SYNC is what was asked for. Default: false. */
  versions?: boolean;
}

interface Side {
  id: string;
  times: MeasuredTimes;
  samples: readonly BenchmarkSample[];
}

/** Both sides of a comparison, with the times that are compared. */
interface Sides {
  before: Side & { otherRuntime: boolean };
  after: Side;
  /** The times are relative to SYNC. */
  relative: boolean;
}

/**
 * Compares a report with its baseline. NOT_COMPARABLE if the work differs, the machines differ (unless allowed), or a
 * cell of the baseline is missing, void or has too few samples; a regression takes precedence.
 */
export function compareWithBaseline(
  baseline: BenchmarkRecord,
  now: BenchmarkRecord,
  options: GateOptions,
): BaselineVerdict {
  const hardware = hardwareDifferences(baseline.environment, now.environment);
  const sides = sidesOf(baseline, now, hardware.length > 0 && options.allowOtherMachine);
  const differences = describeDifferences(baseline, [now]).map((line) => `Differs: ${line}`);
  const otherWork = otherWorkText(baseline, now, sides.before.otherRuntime);
  // A ratio of the times of different work would mislead.
  if (otherWork !== null) return notComparable(differences, otherWork, []);
  const rows = compareBenchmarks(sides.before, [sides.after]);
  const lines = [...rows.map((row) => rowText(row, sides.relative)), ...differences];
  const compared = rows.filter(isCompared).length;
  if (hardware.length > 0 && !sides.relative) return notComparable(lines, otherMachineText(hardware), rows);
  if (compared === 0) {
    const remedy = 'raise --repetitions, and --max-seconds if it was given';
    return notComparable(lines, `no valid cell has enough samples on both sides (${remedy})`, rows);
  }
  return judged(rows, sides, lines, options);
}

function sidesOf(baseline: BenchmarkRecord, now: BenchmarkRecord, relative: boolean): Sides {
  const compared = ({ samples }: BenchmarkRecord) => (relative ? relativeToSync(samples) : samples);
  return {
    before: {
      id: 'baseline',
      otherRuntime: isForeign(baseline) || isForeign(now),
      times: baseline,
      samples: compared(baseline),
    },
    after: { id: 'now', times: now, samples: compared(now) },
    relative,
  };
}

const otherMachineText = (hardware: readonly string[]): string =>
  `the baseline is from another machine (${hardware.join('; ')}); --allow-other-machine compares times relative to SYNC`;

/** The outcome from the compared cells. */
function judged(
  rows: readonly ComparisonRow[],
  { before, after, relative }: Sides,
  lines: readonly string[],
  { maxRegression, versions = false }: GateOptions,
): BaselineVerdict {
  const compared = rows.filter(isCompared);
  const slower = compared.filter((row) => isSlower(row) && slowdown(row) > maxRegression);
  const doubts = slower.flatMap((row) => {
    const doubt = doubtOf(row, before.samples, after.samples, maxRegression);
    return doubt === null ? doubtLines(row) : [`Doubtful: ${rowCell(row)}: ${doubt}.`];
  });
  const otherDoubts = compared.filter((row) => !slower.includes(row)).flatMap(doubtLines);
  const total = new Set(before.samples.map(cellKey)).size;
  const needed = samplesNeeded(before, after, rows);
  const summary = summaryText(compared.length, total, slower.length, needed, maxRegression);
  const ofSync = relative || versions || before.otherRuntime ? [] : syncChange(rows);
  const context = [...lines, ...ofSync, ...doubts, ...otherDoubts, summary];
  if (slower.length > doubts.length)
    return { outcome: 'REGRESSION', compared: compared.length, rows, lines: context };
  if (doubts.length > 0) {
    return notComparable(
      context,
      'noise or other programs can explain every slower cell; repeat on an idle machine, or raise --repetitions',
      rows,
    );
  }
  return compared.length < total
    ? notComparable(
        context,
        `${total - compared.length} of ${count(total, 'cell')} of the baseline could not be compared: void, missing, or with too few samples`,
        rows,
      )
    : { outcome: 'ACCEPTED', compared: compared.length, rows, lines: context };
}

/** Other programs write other bytes for the same work. */
const isForeign = ({ environment }: BenchmarkRecord): boolean =>
  environment?.runtime !== undefined && !environment.runtime.startsWith('Node ');

const isCompared = ({ pValue }: ComparisonRow): boolean => pValue !== null;

const notComparable = (
  lines: readonly string[],
  why: string,
  rows: readonly ComparisonRow[],
): BaselineVerdict => ({
  outcome: 'NOT_COMPARABLE',
  compared: rows.filter(isCompared).length,
  rows,
  lines: [...lines, `Not comparable: ${why}.`],
});

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

/** Whether the times say so, also where other programs can explain it. */
const isSlower = ({ verdict, doubt, ratio }: ComparisonRow): boolean =>
  verdict === 'SLOWER' || (doubt !== null && ratio < 1);

const doubtLines = (row: ComparisonRow): string[] =>
  row.doubt ? [`Doubtful: ${rowCell(row)}: ${row.doubt.meaning}`] : [];

const slowdown = ({ ratio }: ComparisonRow): number => 1 / ratio - 1;
