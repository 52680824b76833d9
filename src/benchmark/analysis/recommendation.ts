import type { ConcurrencyModel } from '../../execution/model.js';
import type { ImageEngineName } from '../../imaging/operation.js';
import { workKey } from '../cell.js';
import { ratioInterval } from '../statistics/bootstrap.js';
import { type BenchmarkCell, validCells } from './cell-summary.js';
import { count, figure, interval, mebibytes, milliseconds, percent, times } from './format-numbers.js';
import { withPooledBaseline } from './pooled-baseline.js';
import { noiseFloor } from './scaling.js';

/** Which model to take for this work on this machine. */
export interface Recommendation {
  model: ConcurrencyModel;
  workers: number;
  engine: ImageEngineName | null;
  /** Why, in words, with the figures; says so where the difference is within the noise. */
  reason: string;
}

/** A cell this much slower than the fastest makes no practical difference. */
const NEGLIGIBLE = 1.05;
/** More noise than this calls for a new measurement, not for a slower model. */
const MOST_NOISE = 1.1;
/** A loop that is late by more than this is felt by whoever else is served by it. */
export const FELT_DELAY_MS = 50;

/**
 * Recommends from the largest batch that was measured, where starting and stopping weigh least. Of all cells
 * whose medians are as good as the fastest, it takes the one that costs least: fewest threads
 * or processes started, then least memory. Null where nothing valid was measured.
 *
 * @param baselines SYNC as one cell for each work
 */
export function recommend(
  cells: readonly BenchmarkCell[],
  baselines: readonly BenchmarkCell[],
  processors: number,
): Recommendation | null {
  const valid = validCells(cells);
  const weighed = withPooledBaseline(valid, baselines);
  const largest = Math.max(...weighed.map(({ imageCount }) => imageCount));
  const candidates = weighed.filter(({ imageCount }) => imageCount === largest);
  const fastest = candidates.toSorted((a, b) => a.medianMs - b.medianMs)[0];
  if (!fastest) return null;
  const ofEngine = candidates.filter((cell) => workKey(cell) === workKey(fastest));
  const noise = noiseFloor(valid.filter((cell) => workKey(cell) === workKey(fastest))) ?? 0;
  const tied = ofEngine.filter((cell) => isTied(cell, fastest, noise)).toSorted(byCost);
  const chosen = tied[0] ?? fastest;
  const others = ofEngine.filter((cell) => cell.model !== chosen.model && cannotTellApart(cell, chosen));
  return {
    model: chosen.model,
    workers: chosen.workers,
    engine: chosen.engine,
    reason: [
      headline(chosen),
      ...(chosen === fastest ? [] : [comparedWithFastest(chosen, fastest)]),
      ...alternatives(others),
      eventLoop(chosen, ofEngine),
      ...slowerEngines(fastest, candidates),
      ...(chosen.warnings.includes('OVERSUBSCRIBED') ? [oversubscribed(chosen, processors)] : []),
      ...doubts(chosen, noise),
    ].join(' '),
  };
}

/** Slower by 5 % at most, or by what equal work differs on this machine, which is believed up to 10 %. */
function isTied(cell: BenchmarkCell, fastest: BenchmarkCell, noise: number): boolean {
  return cell.medianMs / fastest.medianMs <= Math.max(NEGLIGIBLE, Math.min(1 + noise, MOST_NOISE));
}

/** The interval of the ratio of their medians holds 1. */
function cannotTellApart(a: BenchmarkCell, b: BenchmarkCell): boolean {
  const ratio = ratioInterval(a.samplesMs, b.samplesMs);
  return ratio === null || (ratio.low <= 1 && ratio.high >= 1);
}

function byCost(a: BenchmarkCell, b: BenchmarkCell): number {
  return startedWorkers(a) - startedWorkers(b) || a.peakRssBytes - b.peakRssBytes;
}

/** Threads or processes; tasks in flight on one loop are none. */
function startedWorkers({ model, workers }: BenchmarkCell): number {
  return model === 'SYNC' || model === 'ASYNC' ? 0 : workers;
}

function name({ model, workers }: BenchmarkCell): string {
  if (model === 'SYNC') return model;
  return model === 'ASYNC'
    ? `${model} with ${workers} in flight`
    : `${model} with ${count(workers, 'worker')}`;
}

function headline(cell: BenchmarkCell): string {
  const rate = `${milliseconds(cell.medianMs)} for ${count(cell.imageCount, cell.engine === null ? 'task' : 'image')} (${figure(cell.imagesPerSecond)} a second)`;
  if (cell.model === 'SYNC') return `Nothing was faster than doing one after another: SYNC took ${rate}.`;
  if (cell.speedup === null) return `${name(cell)} took ${rate}; SYNC was not measured beside it.`;
  return `${name(cell)} took ${rate}, ${times(cell.speedup)} SYNC (95 % interval ${interval(cell.speedupInterval, times)}).`;
}

function comparedWithFastest(chosen: BenchmarkCell, fastest: BenchmarkCell): string {
  const gain = percent(1 - fastest.medianMs / chosen.medianMs);
  const why = chosen.medianMs / fastest.medianMs <= NEGLIGIBLE ? 'too little to matter' : 'within the noise';
  return `The shortest median, ${milliseconds(fastest.medianMs)} by ${name(fastest)}, is ${gain} less: ${why}. It took ${mebibytes(fastest.peakRssBytes)} of memory, against ${mebibytes(chosen.peakRssBytes)}.`;
}

function alternatives(others: readonly BenchmarkCell[]): string[] {
  const models = [...new Set(others.map(({ model }) => model))];
  if (models.length === 0) return [];
  const list = new Intl.ListFormat('en-GB').format(models);
  return [`${list} cannot be told from it by these samples.`];
}

function eventLoop(chosen: BenchmarkCell, cells: readonly BenchmarkCell[]): string {
  const delay = milliseconds(chosen.eventLoopDelayP99Ms);
  if (chosen.eventLoopDelayP99Ms > FELT_DELAY_MS) {
    const calmer = cells
      .filter(({ eventLoopDelayP99Ms }) => eventLoopDelayP99Ms <= FELT_DELAY_MS)
      .toSorted((a, b) => a.medianMs - b.medianMs)[0];
    const instead = calmer
      ? ` Where an API shares the loop, take ${name(calmer)}: ${milliseconds(calmer.eventLoopDelayP99Ms)} late, ${milliseconds(calmer.medianMs)}.`
      : '';
    return `An API on the same event loop would answer ${delay} late (p99).${instead}`;
  }
  const sync = cells.find(({ model }) => model === 'SYNC');
  const against =
    sync && chosen.model !== 'SYNC' ? `, against ${milliseconds(sync.eventLoopDelayP99Ms)} with SYNC` : '';
  return `An API on the same event loop would answer ${delay} late (p99)${against}.`;
}

function slowerEngines(fastest: BenchmarkCell, candidates: readonly BenchmarkCell[]): string[] {
  const others = candidates.filter(({ engine }) => engine !== fastest.engine);
  const best = others.toSorted((a, b) => a.medianMs - b.medianMs)[0];
  return best ? [`${best.engine} at its best took ${times(best.medianMs / fastest.medianMs)} as long.`] : [];
}

const oversubscribed = ({ model }: BenchmarkCell, processors: number): string =>
  `That is more ${model === 'ASYNC' ? 'in flight' : 'workers'} than the ${count(processors, 'processor')}, so it may not hold on a busier machine.`;

function doubts(chosen: BenchmarkCell, noise: number): string[] {
  const raised = chosen.warnings.filter((warning) => warning !== 'OVERSUBSCRIBED');
  return [
    ...(noise > NEGLIGIBLE - 1
      ? [`Equal work differed by ${percent(noise)} on this machine; smaller differences mean nothing.`]
      : []),
    ...(raised.length > 0 ? [`Doubtful: ${raised.join(', ')}.`] : []),
  ];
}
