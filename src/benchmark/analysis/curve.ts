import { median } from 'simple-statistics';
import type { Interval } from '../statistics/bootstrap.js';
import { MIN_SAMPLES_FOR_INTERVAL } from '../statistics/bootstrap.js';
import { fitUsl, MIN_USL_POINTS, peakWorkers, type UslParameters, uslIntervals } from '../statistics/usl.js';
import type { BenchmarkCell } from './cell-summary.js';
import { count, figure } from './format-numbers.js';

/** The Universal Scalability Law, fitted to the throughput of one model over its numbers of workers. */
export interface UslFit extends UslParameters {
  /** 95 % bootstrap intervals; null with too few samples. */
  contentionInterval: Interval | null;
  coherencyInterval: Interval | null;
  /** Workers with the highest throughput; null where there is no peak up to 1,000. */
  peakWorkers: number | null;
}

/** Numbers of workers that a curve is fitted to: up to the processors, as more of them measure the scheduler. */
export const curvePoints = (points: readonly BenchmarkCell[], processors: number): BenchmarkCell[] =>
  points.filter(({ workers, model }) => model !== 'SYNC' && workers <= processors);

/** Fits the law to cells of one model and one work; null with fewer than four numbers of workers. */
export function fitCurve(points: readonly BenchmarkCell[], processors: number): UslFit | null {
  const inside = curvePoints(points, processors);
  if (inside.length < MIN_USL_POINTS) return null;
  const fit = fitUsl(inside.map(({ workers, imagesPerSecond }) => ({ workers, perSecond: imagesPerSecond })));
  if (!fit) return null;
  const enough = inside.every(({ samplesMs }) => samplesMs.length >= MIN_SAMPLES_FOR_INTERVAL);
  const intervals = enough
    ? uslIntervals(
        inside.map(({ workers, imageCount, samplesMs }) => ({
          workers,
          perSecond: samplesMs.map((ms) => (1000 * imageCount) / ms),
        })),
        median,
      )
    : null;
  return {
    ...fit,
    contentionInterval: intervals?.contention ?? null,
    coherencyInterval: intervals?.coherency ?? null,
    peakWorkers: peakWorkers(fit),
  };
}

/** More contention than this leaves nothing for a second worker. */
const ALL_SERIAL = 0.9;

/** The fit in one or two sentences. */
export function curveSentence(fit: UslFit, noun: string): string {
  const { contention, coherency, contentionInterval, throughputOfOne } = fit;
  const within = contentionInterval
    ? ` (95 % interval ${share(contentionInterval.low)} to ${share(contentionInterval.high)})`
    : '';
  const fitted = `The fitted curve (Universal Scalability Law) has ${share(contention)} contention${within} and a coherency cost of ${figure(coherency)}`;
  if (contention >= ALL_SERIAL) return `${fitted}: more workers add nothing.`;
  if (fit.peakWorkers !== null) {
    return `${fitted}: throughput is highest with about ${count(Math.round(fit.peakWorkers), 'worker')}.`;
  }
  return contention >= 0.005
    ? `${fitted}: no number of workers exceeds ${figure(throughputOfOne / contention)} ${noun} a second.`
    : `${fitted}: no limit is visible up to 1,000 workers.`;
}

/** A share of serial work with two significant digits; the fit can exceed 100 % by its noise. */
const share = (value: number): string => `${Number((100 * Math.min(1, value)).toPrecision(2))} %`;

/**
 * The number of tasks from which start-up and tasks together take less time than with SYNC; null where the 95 % interval
 * does not show that the tasks are faster. Start-up and time per task come from the median sample.
 */
export function breakEvenTasks(cell: BenchmarkCell, sync: BenchmarkCell | undefined): number | null {
  if (!sync || cell.model === 'SYNC' || (cell.speedupInterval?.low ?? 0) <= 1) return null;
  const gainPerTask = sync.perImageMs - cell.perImageMs;
  if (gainPerTask <= 0) return null;
  const extraStartup = cell.breakdown.startupMs - sync.breakdown.startupMs;
  return Math.max(1, Math.floor(extraStartup / gainPerTask) + 1);
}
