import type { ConcurrencyModel } from '../../execution/model.js';
import { type Interval, ratioInterval } from '../statistics/bootstrap.js';
import { karpFlatt } from '../statistics/karp-flatt.js';
import { type BenchmarkCell, inFlightText } from './cell-summary.js';
import { curveSentence, type UslFit } from './curve.js';
import { count, interval, percent, times } from './format-numbers.js';
import { spread } from './noise-floor.js';

export interface VerdictContext {
  processors: number;
  usl: UslFit | null;
  breakEven: number | null;
  /** The cell with the shortest median. */
  fastest: BenchmarkCell;
}

/** A serial fraction that changes by less than this over the workers counts as constant. */
const FRACTION_TREND = 0.05;
/** A time that differs by less than this makes no practical difference. */
const NO_CHANGE = 0.05;

/** Describes how a model scales; states only what the intervals support. */
export function scalingVerdict(
  model: ConcurrencyModel,
  points: readonly BenchmarkCell[],
  context: VerdictContext,
): string {
  if (model === 'SYNC') return baselineVerdict(points);
  const { processors, usl } = context;
  const inside = points.filter(({ workers }) => workers > 1 && workers <= processors);
  const [narrowest, widest] = [inside[0], inside.at(-1)];
  if (!narrowest || !widest) {
    return `No verdict: no cell has between 2 workers and the ${count(processors, 'processor')} of this machine.`;
  }
  if (widest.speedup === null) return 'No verdict: SYNC was not measured, so there is no baseline.';
  return [
    withinProcessors(widest, widest.speedup),
    trend(narrowest, widest),
    beyondProcessors(widest, points, processors),
    usl ? curveSentence(usl, widest.engine === null ? 'tasks' : 'images') : '',
    breakEvenSentence(context),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}

function baselineVerdict(points: readonly BenchmarkCell[]): string {
  return points.length > 1
    ? `The baseline. It uses no workers, so the difference of ${percent(spread(points))} between its cells is noise.`
    : 'The baseline. It uses no workers.';
}

function withinProcessors({ workers, speedupInterval }: BenchmarkCell, speedup: number): string {
  const figures = `${times(speedup)} SYNC with ${workers} workers (95 % interval ${interval(speedupInterval, times)})`;
  if (!speedupInterval) return 'No verdict: too few samples for an interval.';
  // Rounded as printed, so that no verdict contradicts its own figures.
  const low = Number(speedupInterval.low.toFixed(2));
  const high = Number(speedupInterval.high.toFixed(2));
  if (low <= 1 && high >= 1) {
    return `No measurable difference from SYNC: ${figures}, a gain of ${percent(high - 1)} at most.`;
  }
  if (high < 1) return `Slower than SYNC: ${figures}.`;
  if (low > workers) return `Scales more than linearly: ${figures}; caches or noise can cause that.`;
  const efficiency = speedup / workers;
  const ideal = `${percent(efficiency)} of the ideal`;
  if (efficiency > 1) return `Scales linearly: ${figures}, ${ideal}.`;
  if (efficiency >= 0.9) return `Scales almost linearly: ${figures}, ${ideal}.`;
  const how = speedup < 1.1 ? 'Hardly scales' : efficiency >= 0.7 ? 'Scales well' : 'Scales partly';
  const serial = percent(Math.min(1, karpFlatt(speedup, workers)));
  return `${how}: ${figures}, ${ideal}. That equals ${serial} serial work (Karp-Flatt metric, which includes overhead and the limits of the machine).`;
}

/** Empty if the intervals are not decisive. */
function trend(narrowest: BenchmarkCell, widest: BenchmarkCell): string {
  const [first, last] = [fractionInterval(narrowest), fractionInterval(widest)];
  if (!first || !last || narrowest === widest) return '';
  if (last.low > first.high) return 'The serial share grows with the workers, which points to overhead.';
  if (last.high < first.low) {
    return 'The serial share falls with the workers, which points to a fixed cost that they share.';
  }
  return Math.max(last.high - first.low, first.high - last.low) <= FRACTION_TREND
    ? 'The serial share is constant, which points to a serial part of the work.'
    : '';
}

/** The serial fraction falls as the speed-up rises, so the ends of the interval swap. */
function fractionInterval({ speedupInterval, workers }: BenchmarkCell): Interval | null {
  return (
    speedupInterval && {
      low: karpFlatt(speedupInterval.high, workers),
      high: karpFlatt(speedupInterval.low, workers),
    }
  );
}

/** Empty if the samples are not decisive. */
function beyondProcessors(
  widest: BenchmarkCell,
  points: readonly BenchmarkCell[],
  processors: number,
): string {
  const last = points.findLast(({ workers }) => workers > processors);
  const change = last ? ratioInterval(widest.samplesMs, last.samplesMs) : null;
  if (!last?.speedupInterval || last.speedup === null || !change) return '';
  const effect =
    change.low >= 1 - NO_CHANGE && change.high <= 1 + NO_CHANGE
      ? 'change nothing'
      : change.low > 1
        ? 'are still faster'
        : change.high < 1
          ? 'are slower'
          : null;
  return effect
    ? `More workers than the ${count(processors, 'processor')} ${effect}: ${times(last.speedup)} SYNC with ${last.workers} (95 % interval ${interval(last.speedupInterval, times)}).`
    : '';
}

function breakEvenSentence({ breakEven, fastest }: VerdictContext): string {
  if (breakEven === null) return '';
  const noun = fastest.engine === null ? 'task' : 'image';
  return breakEven === 1
    ? `Start-up included, ${inFlightText(fastest)} is faster than SYNC from the first ${noun} on.`
    : `Start-up included, ${inFlightText(fastest)} is faster than SYNC from ${count(breakEven, noun)} on.`;
}
