import { median } from 'simple-statistics';
import { type Cell, cellKey, compareCells, toCell } from '../../cell.js';
import { MAX_REPETITIONS } from '../../plan.js';
import type { BenchmarkSample } from '../../sample.js';
import { type Interval, MIN_SAMPLES_FOR_INTERVAL, ratioInterval } from '../../statistics/bootstrap.js';
import { holmAdjusted } from '../../statistics/holm.js';
import { mannWhitneyP, smallestMannWhitneyP } from '../../statistics/mann-whitney.js';
import type { Doubt } from '../../warning.js';
import { voidCells } from '../cell-warnings.js';
import { disturbanceDoubt } from './disturbance.js';
import { commonRepetitions, type MeasuredTimes, startedTogether } from './measured-times.js';

export const COMPARISON_VERDICTS = ['FASTER', 'SLOWER', 'INDISTINGUISHABLE', 'INCONCLUSIVE'] as const;
export type ComparisonVerdict = (typeof COMPARISON_VERDICTS)[number];

/** One cell of a candidate, compared with the same cell of the baseline. */
export interface ComparisonRow extends Cell {
  benchmarkId: string;
  baselineMedianMs: number;
  medianMs: number;
  /** Median of the baseline over that of the candidate; above 1 is faster. */
  ratio: number;
  /** Null with too few samples, or if the cell is void in either benchmark. */
  ratioInterval: Interval | null;
  /** Mann-Whitney U, two-sided, adjusted for the number of rows; null as the interval is. */
  pValue: number | null;
  verdict: ComparisonVerdict;
  /** Why a difference of the times is INCONCLUSIVE: other programs can explain it. Null otherwise. */
  doubt: Doubt | null;
}

export interface ComparedBenchmark {
  id: string;
  /** From another runtime than Node, whose libraries are none of our engines. Default: false. */
  otherRuntime?: boolean;
  /** Absent where it is not known. */
  times?: MeasuredTimes;
  samples: readonly ComparedSample[];
}

/** The fields of a sample that a comparison reads. */
export type ComparedSample = Cell &
  Pick<BenchmarkSample, 'repetition' | 'wallMs' | 'otherCpuShare' | 'outputDigest'>;

/**
 * Times of which one is at most 5 % longer make no practical difference. Both ends mean the same difference, so that work
 * that takes exactly 5 % longer is called indistinguishable as rarely as an interval misses its value.
 */
export const EQUIVALENCE: Interval = { low: 1 / 1.05, high: 1.05 };
const SIGNIFICANCE = 0.05;

/**
 * Compares each cell that a candidate shares with the baseline; p-values are corrected over all rows (Holm). Cells of
 * different engines, and of SYNC at different numbers of workers, are paired if one side is from another runtime. A
 * difference that other programs can explain is not decided; the times themselves are never changed. Of benchmarks that
 * were measured in turn, the repetitions that both have are compared.
 */
export function compareBenchmarks(
  baseline: ComparedBenchmark,
  candidates: readonly ComparedBenchmark[],
): ComparisonRow[] {
  const pairs = candidates.flatMap((candidate) => pairsOf(baseline, candidate));
  const pValues = holmAdjusted(
    pairs.map(({ before, after, comparable }) =>
      comparable ? mannWhitneyP(wallTimes(before), wallTimes(after)) : null,
    ),
  );
  const asked = pValues.filter((p) => p !== null).length;
  return pairs.map(({ id, cell, before, after, comparable }, index): ComparisonRow => {
    const [baselineTimes, times] = [wallTimes(before), wallTimes(after)];
    const [baselineMedianMs, medianMs] = [median(baselineTimes), median(times)];
    const interval = comparable ? ratioInterval(baselineTimes, times) : null;
    const pValue = pValues[index] ?? null;
    const isDecidedByP = canBeSignificant(before.length, after.length, asked);
    const found = verdict(interval, pValue, isDecidedByP);
    const doubt =
      interval && (found === 'FASTER' || found === 'SLOWER')
        ? disturbanceDoubt(before, after, {
            ratio: interval,
            verdict: found,
            equal: noDifference(isDecidedByP),
          })
        : null;
    return {
      benchmarkId: id,
      ...toCell(cell),
      baselineMedianMs,
      medianMs,
      ratio: baselineMedianMs / medianMs,
      ratioInterval: interval,
      pValue,
      verdict: doubt ? 'INCONCLUSIVE' : found,
      doubt,
    };
  });
}

/** A cell of a candidate with the same cell of the baseline. */
interface CellPair {
  id: string;
  cell: Cell;
  before: ComparedSample[];
  after: ComparedSample[];
  /** Whether neither cell is void or has too few samples. */
  comparable: boolean;
}

/** In the order of the cells, whatever order they were measured in. */
function pairsOf(
  baseline: ComparedBenchmark,
  { id, samples, otherRuntime, times }: ComparedBenchmark,
): CellPair[] {
  const anyEngine = baseline.otherRuntime === true || otherRuntime === true;
  const inTurn = Boolean(baseline.times && times && startedTogether(baseline.times, times));
  const pairKey = (cell: Cell) => cellKey(anyEngine ? withoutEngine(cell) : cell);
  const baselineVoid = voidCells(baseline.samples);
  const candidateVoid = voidCells(samples);
  const baselineCells = Map.groupBy(Map.groupBy(baseline.samples, cellKey).values(), ([first]) =>
    first ? pairKey(first) : '',
  );
  const pairs = [...Map.groupBy(samples, cellKey)].flatMap(([key, ofCell]) => {
    const [cell] = ofCell;
    if (!cell) return [];
    return (baselineCells.get(pairKey(cell)) ?? []).flatMap((ofBaseline) => {
      const [other] = ofBaseline;
      if (!other) return [];
      const isVoid = baselineVoid.has(cellKey(other)) || candidateVoid.has(key);
      const engine = cell.engine ?? other.engine;
      const [before, after] = inTurn ? commonRepetitions(ofBaseline, ofCell) : [ofBaseline, ofCell];
      if (before.length === 0) return [];
      const comparable = enough(before, after) && !isVoid;
      return [{ id, cell: { ...cell, engine }, before, after, comparable }];
    });
  });
  return pairs.sort((a, b) => compareCells(a.cell, b.cell));
}

/** SYNC uses no workers, whatever number another program states. */
const withoutEngine = (cell: Cell): Cell => ({
  ...toCell(cell),
  engine: null,
  workers: cell.model === 'SYNC' ? 1 : cell.workers,
});

/** Whether samples that do not overlap at all would be significant with this number of rows. */
const canBeSignificant = (before: number, after: number, asked: number): boolean =>
  smallestMannWhitneyP(before, after) * asked < SIGNIFICANCE;

/**
 * Number of samples per cell of a candidate with which every row can be significant; null if it has them. Otherwise
 * the interval alone decides.
 */
export function samplesNeeded(
  baseline: ComparedBenchmark,
  candidate: ComparedBenchmark,
  rows: readonly ComparisonRow[],
): number | null {
  const asked = rows.filter(({ pValue }) => pValue !== null);
  const fewest = ({ samples }: ComparedBenchmark) => {
    const ofCell = Map.groupBy(samples, cellKey);
    return Math.min(...asked.map((row) => ofCell.get(cellKey(row))?.length ?? 0));
  };
  if (asked.length === 0) return null;
  const [before, after] = [fewest(baseline), fewest(candidate)];
  let needed = after;
  while (needed < MAX_REPETITIONS && !canBeSignificant(before, needed, asked.length)) needed++;
  return needed > after ? needed : null;
}

/**
 * FASTER and SLOWER require that the interval excludes 1 and that p is significant. With few samples and many rows,
 * no p is significant, however far apart the samples are (5 against 5 give at least 0.008, and 48 rows multiply it by
 * 48). Then the interval alone decides, and must exclude all differences below 5 %.
 */
function verdict(
  interval: Interval | null,
  pValue: number | null,
  canBeSignificant: boolean,
): ComparisonVerdict {
  if (!interval || pValue === null) return 'INCONCLUSIVE';
  if (interval.low >= EQUIVALENCE.low && interval.high <= EQUIVALENCE.high) return 'INDISTINGUISHABLE';
  const equal = noDifference(canBeSignificant);
  if (canBeSignificant && pValue >= SIGNIFICANCE) return 'INCONCLUSIVE';
  if (interval.low > equal.high) return 'FASTER';
  return interval.high < equal.low ? 'SLOWER' : 'INCONCLUSIVE';
}

/** The ratios that an interval has to exclude. */
const noDifference = (canBeSignificant: boolean): Interval =>
  canBeSignificant ? { low: 1, high: 1 } : EQUIVALENCE;

const wallTimes = (samples: readonly ComparedSample[]): number[] => samples.map(({ wallMs }) => wallMs);

const enough = (...sides: readonly ComparedSample[][]): boolean =>
  sides.every(({ length }) => length >= MIN_SAMPLES_FOR_INTERVAL);
