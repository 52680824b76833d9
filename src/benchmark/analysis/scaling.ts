import type { ConcurrencyModel } from '../../execution/model.js';
import type { ImageEngineName } from '../../imaging/operation.js';
import { workKey } from '../cell.js';
import { type Interval, ratioInterval } from '../statistics/bootstrap.js';
import { karpFlatt } from '../statistics/karp-flatt.js';
import { type BenchmarkCell, validCells } from './cell-summary.js';
import { count, interval, percent, times } from './format-numbers.js';

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
/** A time that differs by less than this makes no practical difference. */
const NO_CHANGE = 0.05;

export function fitScaling(cells: readonly BenchmarkCell[], processors: number): ScalingFit[] {
  const groups = Map.groupBy(validCells(cells), (cell) => `${cell.model}/${workKey(cell)}`);
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
      verdict: verdict(first.model, points, processors),
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
      validCells(cells).filter(({ model }) => model === 'SYNC'),
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

function verdict(model: ConcurrencyModel, points: readonly BenchmarkCell[], processors: number): string {
  if (model === 'SYNC') return baselineVerdict(points);
  const inside = points.filter(({ workers }) => workers > 1 && workers <= processors);
  const [narrowest, widest] = [inside[0], inside.at(-1)];
  if (!narrowest || !widest) {
    return `Nothing to fit: no cell has from 2 workers up to the ${count(processors, 'processor')} there are.`;
  }
  if (widest.speedup === null) return 'No verdict: SYNC was not measured, so there is no baseline.';
  return [within(widest, widest.speedup), trend(narrowest, widest), beyond(widest, points, processors)]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function baselineVerdict(points: readonly BenchmarkCell[]): string {
  return points.length > 1
    ? `The baseline. It uses no workers, so the ${percent(spread(points))} between its cells are noise.`
    : 'The baseline. It uses no workers.';
}

/** Claims no more than the interval of the speed-up lets it. */
function within({ workers, speedupInterval }: BenchmarkCell, speedup: number): string {
  const figures = `${times(speedup)} SYNC with ${workers} workers (${interval(speedupInterval, times)})`;
  if (!speedupInterval) return `No verdict: ${figures}.`;
  // As printed, so that no verdict denies its own figures.
  const low = Number(speedupInterval.low.toFixed(2));
  const high = Number(speedupInterval.high.toFixed(2));
  if (low <= 1 && high >= 1) {
    return `Cannot be told from doing one after another: ${figures}, a gain of ${percent(high - 1)} at most.`;
  }
  if (high < 1) return `Slower than doing one after another: ${figures}.`;
  if (low > workers) return `Scales more than linearly: ${figures}, which caches or noise can do.`;
  const efficiency = speedup / workers;
  const ideal = `${percent(efficiency)} of the ideal`;
  if (efficiency > 1) return `Scales linearly: ${figures}, ${ideal}.`;
  if (efficiency >= 0.9) return `Scales almost linearly: ${figures}, ${ideal}.`;
  const how = speedup < 1.1 ? 'Hardly scales' : efficiency >= 0.7 ? 'Scales well' : 'Scales only in part';
  const serial = percent(Math.min(1, karpFlatt(speedup, workers)));
  return `${how}: ${figures}, ${ideal}; as if ${serial} of the work ran serially (Karp-Flatt; overhead and the machine's limits included).`;
}

/** Nothing where the samples cannot tell. */
function trend(narrowest: BenchmarkCell, widest: BenchmarkCell): string {
  const [first, last] = [fractionInterval(narrowest), fractionInterval(widest)];
  if (!first || !last || narrowest === widest) return '';
  if (last.low > first.high) return 'The serial share grows with the workers, as overhead does.';
  if (last.high < first.low) {
    return 'The serial share falls with the workers, as a fixed cost does that spreads over them.';
  }
  return Math.max(last.high - first.low, first.high - last.low) <= FRACTION_TREND
    ? 'The serial share stays the same, as a serial part of the work does.'
    : '';
}

/** The serial fraction falls with the speed-up, so the ends of the one's interval are those of the other's. */
function fractionInterval({ speedupInterval, workers }: BenchmarkCell): Interval | null {
  return (
    speedupInterval && {
      low: karpFlatt(speedupInterval.high, workers),
      high: karpFlatt(speedupInterval.low, workers),
    }
  );
}

/** Nothing where the samples cannot tell. */
function beyond(widest: BenchmarkCell, points: readonly BenchmarkCell[], processors: number): string {
  const last = points.findLast(({ workers }) => workers > processors);
  const change = last ? ratioInterval(widest.samplesMs, last.samplesMs) : null;
  if (!last || last.speedup === null || !change) return '';
  const effect =
    change.low >= 1 - NO_CHANGE && change.high <= 1 + NO_CHANGE
      ? 'change nothing'
      : change.low > 1
        ? 'still help'
        : change.high < 1
          ? 'cost time'
          : null;
  return effect
    ? `More workers than the ${count(processors, 'processor')} ${effect} (${times(last.speedup)} with ${last.workers}).`
    : '';
}
