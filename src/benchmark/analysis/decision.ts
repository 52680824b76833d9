import { MODELS } from '../../execution/model.js';
import { MAX_REPETITIONS } from '../plan.js';
import { type Interval, MIN_SAMPLES_FOR_INTERVAL, ratioInterval } from '../statistics/bootstrap.js';
import type { BenchmarkCell } from './cell-summary.js';

/** What a cell costs. */
type PricedCell = Pick<BenchmarkCell, 'model' | 'workers' | 'peakRssBytes'>;

/** WIN: every other cell is slower. TIE: some are as fast, and cost at least as much. UNDECIDED: some may be faster. */
export const RECOMMENDATION_OUTCOMES = ['WIN', 'TIE', 'UNDECIDED'] as const;
export type RecommendationOutcome = (typeof RECOMMENDATION_OUTCOMES)[number];

/** Recommended cell among the cells of one work, and its certainty. */
export interface Decision {
  outcome: RecommendationOutcome;
  chosen: BenchmarkCell;
  /** The cell with the shortest median. */
  fastest: BenchmarkCell;
  alternatives: BenchmarkCell[];
  repetitionsNeeded: number | null;
  /** Times up to this factor of the fastest count as equally fast; 1.05 is 5 % slower. */
  margin: number;
}

/** Relative difference that makes no practical difference. */
const NEGLIGIBLE = 0.05;
/** With more noise than this, a new measurement is needed. */
const MOST_NOISE = 0.1;

type Relation = 'AS_FAST' | 'SLOWER' | 'UNSURE';

/**
 * Compares every cell with the fastest one by the 95 % interval of the ratio of their medians. A cell is as fast when
 * the whole interval is within the margin (5 %, or the noise floor up to 10 %), slower when the whole interval is above
 * 1 and the ratio above the noise floor (up to 10 %), else unsure. Takes the cheapest of the cells that are as fast.
 *
 * @param cells of one work, at least one; SYNC as one cell
 */
export function decide(cells: readonly BenchmarkCell[], noise: number | null): Decision {
  const floor = Math.min(noise ?? 0, MOST_NOISE);
  const margin = 1 + Math.max(NEGLIGIBLE, floor);
  const enough = cells.filter(hasInterval);
  const byTime = (enough.length > 0 ? enough : cells).toSorted((a, b) => a.medianMs - b.medianMs);
  const [fastest] = byTime;
  if (!fastest) throw new RangeError('There are no cells to decide between');
  const others = cells.filter((cell) => cell !== fastest);
  const compared = others.map((cell) => {
    const ratio = ratioInterval(cell.samplesMs, fastest.samplesMs);
    const measured = cell.medianMs / fastest.medianMs;
    return { cell, ratio, relation: relationOf(ratio, margin, measured > 1 + floor) };
  });
  const ofRelation = (wanted: Relation) =>
    compared.filter(({ relation }) => relation === wanted).map(({ cell }) => cell);
  const tied = [fastest, ...ofRelation('AS_FAST')];
  const chosen = cheapest(tied) ?? fastest;
  const unsure = ofRelation('UNSURE');
  const outcome = unsure.length > 0 || enough.length === 0 ? 'UNDECIDED' : tied.length > 1 ? 'TIE' : 'WIN';
  return {
    outcome,
    chosen,
    fastest,
    margin,
    alternatives: outcome === 'UNDECIDED' ? unsure : tied.filter((cell) => cell !== chosen),
    repetitionsNeeded:
      outcome === 'UNDECIDED'
        ? repetitionsNeeded(
            fastest,
            compared.filter(({ relation }) => relation === 'UNSURE'),
            margin,
          )
        : null,
  };
}

/** Whether a cell has enough samples for an interval. */
export const hasInterval = ({ samplesMs }: BenchmarkCell): boolean =>
  samplesMs.length >= MIN_SAMPLES_FOR_INTERVAL;

function relationOf(ratio: Interval | null, margin: number, aboveNoise: boolean): Relation {
  if (!ratio) return 'UNSURE';
  if (ratio.high <= margin) return 'AS_FAST';
  return ratio.low > 1 && aboveNoise ? 'SLOWER' : 'UNSURE';
}

/**
 * The cheapest of equally fast cells: the fewest threads or processes started, then the least memory. Memory that differs
 * by less than {@link NEGLIGIBLE} is equal; then the preference of the model decides, then the fewest workers.
 */
export function cheapest<Priced extends PricedCell>(tied: readonly Priced[]): Priced | undefined {
  const fewest = Math.min(...tied.map(startedWorkers));
  const candidates = tied.filter((cell) => startedWorkers(cell) === fewest);
  const least = Math.min(...candidates.map(({ peakRssBytes }) => peakRssBytes));
  return candidates
    .filter(({ peakRssBytes }) => peakRssBytes <= least * (1 + NEGLIGIBLE))
    .toSorted((a, b) => MODELS[a.model].preference - MODELS[b.model].preference || a.workers - b.workers)[0];
}

/** Whether a cell costs noticeably more than an equally fast one: more workers, or as many workers and more memory. */
export function costsMore(cell: BenchmarkCell, than: BenchmarkCell): boolean {
  const workers = startedWorkers(cell) - startedWorkers(than);
  return workers > 0 || (workers === 0 && cell.peakRssBytes > than.peakRssBytes * (1 + NEGLIGIBLE));
}

/** Threads or processes that a cell starts. */
export const startedWorkers = ({ model, workers }: PricedCell): number =>
  MODELS[model].startsWorkers ? workers : 0;

/**
 * The width of an interval falls with the square root of the number of samples. A pair is decided when half the width is
 * less than the distance of the ratio from 1 (slower) or from the margin (as fast).
 */
function repetitionsNeeded(
  fastest: BenchmarkCell,
  unsure: readonly { cell: BenchmarkCell; ratio: Interval | null }[],
  margin: number,
): number | null {
  const needed = unsure.map(({ cell, ratio }) => {
    if (!ratio) return MIN_SAMPLES_FOR_INTERVAL;
    const middle = cell.medianMs / fastest.medianMs;
    const distance = Math.max(middle - 1, margin - middle);
    const now = Math.min(cell.samplesMs.length, fastest.samplesMs.length);
    const halfWidth = (ratio.high - ratio.low) / 2;
    return Math.max(now + 1, Math.ceil(now * (halfWidth / distance) ** 2));
  });
  const most = Math.max(MIN_SAMPLES_FOR_INTERVAL, ...needed);
  return most <= MAX_REPETITIONS ? most : null;
}
