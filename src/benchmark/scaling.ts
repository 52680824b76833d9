import type { ConcurrencyModel } from '../execution/model.js';
import type { ImageEngineName } from '../imaging/operation.js';
import type { BenchmarkCell } from './benchmark-cell.js';
import { workKey } from './cell.js';
import { karpFlatt } from './statistics/karp-flatt.js';
import { count, interval, percent, times } from './wording.js';

/** How a model scales with workers, on one engine and image count. */
export interface ScalingFit {
  model: ConcurrencyModel;
  engine: ImageEngineName | null;
  imageCount: number;
  /** Karp-Flatt, from 2 workers up to as many as there are processors. */
  serialFraction: { workers: number; value: number }[];
  /** In words, from the figures above. */
  verdict: string;
}

/** A serial fraction that moves by less than this over the workers counts as constant. */
const FRACTION_TREND = 0.05;

export function fitScaling(cells: readonly BenchmarkCell[], processors: number): ScalingFit[] {
  const groups = Map.groupBy(cells, (cell) => `${cell.model}/${workKey(cell)}`);
  return [...groups.values()].flatMap((group) => {
    const points = group.toSorted((a, b) => a.workers - b.workers);
    const [first] = points;
    if (!first) return [];
    const serialFraction = points.flatMap(({ workers, speedup }) =>
      speedup !== null && first.model !== 'SYNC' && workers > 1 && workers <= processors
        ? [{ workers, value: karpFlatt(speedup, workers) }]
        : [],
    );
    return {
      model: first.model,
      engine: first.engine,
      imageCount: first.imageCount,
      serialFraction,
      verdict: verdict(first.model, points, serialFraction, processors),
    };
  });
}

/**
 * How far apart equal work came out: the slowest median of SYNC over its fastest, less 1, for each work in turn
 * the largest. Differences between models below it mean nothing. Null where SYNC was measured only once.
 */
export function noiseFloor(cells: readonly BenchmarkCell[]): number | null {
  const groups = [
    ...Map.groupBy(
      cells.filter(({ model }) => model === 'SYNC'),
      workKey,
    ).values(),
  ];
  const spreads = groups.filter((group) => group.length > 1).map(spread);
  return spreads.length > 0 ? Math.max(...spreads) : null;
}

function spread(cells: readonly BenchmarkCell[]): number {
  const medians = cells.map(({ medianMs }) => medianMs);
  return Math.max(...medians) / Math.min(...medians) - 1;
}

function verdict(
  model: ConcurrencyModel,
  points: readonly BenchmarkCell[],
  fractions: ScalingFit['serialFraction'],
  processors: number,
): string {
  if (model === 'SYNC') return baselineVerdict(points);
  const inside = points.filter(({ workers }) => workers > 1 && workers <= processors);
  const widest = inside.at(-1);
  if (!widest) {
    return `Nothing to fit: no cell has from 2 workers up to the ${count(processors, 'processor')} there are.`;
  }
  if (widest.speedup === null) return 'No verdict: SYNC was not measured, so there is no baseline.';
  return [within(widest, widest.speedup), trend(fractions), beyond(widest.speedup, points, processors)]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function baselineVerdict(points: readonly BenchmarkCell[]): string {
  return points.length > 1
    ? `The baseline. It uses no workers, so the ${percent(spread(points))} between its cells are noise.`
    : 'The baseline. It uses no workers.';
}

function within({ workers, speedupInterval }: BenchmarkCell, speedup: number): string {
  const figures = `${times(speedup)} SYNC with ${workers} workers (${interval(speedupInterval, times)})`;
  const serial = percent(Math.min(1, Math.max(0, karpFlatt(speedup, workers))));
  const efficiency = speedup / workers;
  if (speedupInterval && speedupInterval.low < 0.95 && speedupInterval.high > 1.05) {
    return `Cannot be told from doing one after another: ${figures}.`;
  }
  if (speedup < 0.95) return `Slower than doing one after another: ${figures}.`;
  if (speedup < 1.1) return `Does not scale: ${figures}; ${serial} of the work ran serially.`;
  if (efficiency > 1.05) return `Scales more than linearly: ${figures}, which caches or noise can do.`;
  if (efficiency >= 0.9) return `Scales almost linearly: ${figures}, ${percent(efficiency)} of the ideal.`;
  const how = efficiency >= 0.7 ? 'well' : 'only in part';
  return `Scales ${how}: ${figures}, ${percent(efficiency)} of the ideal; ${serial} of the work ran serially.`;
}

function trend(fractions: ScalingFit['serialFraction']): string {
  const [first, last] = [fractions[0], fractions.at(-1)];
  if (!first || !last || first === last) return '';
  const growth = last.value - first.value;
  if (growth > FRACTION_TREND)
    return 'The serial share grows with the workers: that is overhead, not the work.';
  return growth < -FRACTION_TREND
    ? 'The serial share falls with the workers: a fixed cost spreads over them.'
    : 'The serial share stays the same: a serial part of the work.';
}

function beyond(speedup: number, points: readonly BenchmarkCell[], processors: number): string {
  const last = points.findLast(({ workers }) => workers > processors);
  if (!last || last.speedup === null) return '';
  const change = last.speedup / speedup;
  const effect = change > 1.05 ? 'still help' : change < 0.95 ? 'cost time' : 'change nothing';
  return `More workers than the ${count(processors, 'processor')} ${effect} (${times(last.speedup)} with ${last.workers}).`;
}
