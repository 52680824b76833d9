import { median } from 'simple-statistics';
import { MODELS } from '../execution/model.js';
import { type Cell, cellKey, computingAtOnce } from './cell.js';
import type { BenchmarkSample } from './sample.js';
import { AXES } from './sweep.js';

/** An earlier benchmark of the same work on the same machine. */
export interface EarlierRun {
  samples: readonly BenchmarkSample[];
  /** From its start to its end; null where it did not end, or was interrupted. */
  durationMs: number | null;
}

/** Time to fork the host, load the program and read the sources, for each sample, where it is not known. */
const HOST_START_MS = 400;
/** How much longer it takes until one more thread or process is ready: measured from 2 to 8 on two processors. */
const WORKER_START_MS = 120;

/** Milliseconds that all samples of a plan take, from earlier runs; null without a comparable sample. */
export function estimatedMs(
  cells: readonly Cell[],
  repetitions: number,
  runs: readonly EarlierRun[],
  processors: number,
): number | null {
  const known = runs.flatMap(({ samples }) => samples);
  const times = cells.map((cell) => sampleMs(cell, known, processors));
  if (!times.every((ms) => ms !== null)) return null;
  return repetitions * times.reduce((sum, ms) => sum + ms + hostStartMs(runs), 0);
}

/** What a sample took besides its figures. The least of all runs: a run that was resumed includes the interruption. */
function hostStartMs(runs: readonly EarlierRun[]): number {
  const measured = runs.flatMap(({ samples, durationMs }) => {
    if (durationMs === null || samples.length === 0) return [];
    const figures = samples.reduce((sum, sample) => sum + totalMs(sample, sample.imageCount), 0);
    return [Math.max(0, durationMs - figures) / samples.length];
  });
  return measured.length > 0 ? Math.min(...measured) : HOST_START_MS;
}

/** Time of one sample: that of the same cell if it was measured, else scaled from other cells of the same engine. Null where neither tells. */
function sampleMs(cell: Cell, known: readonly BenchmarkSample[], processors: number): number | null {
  const same = known.filter(
    (sample) => cellKey({ ...sample, imageCount: cell.imageCount }) === cellKey(cell),
  );
  if (same.length > 0) return median(same.map((sample) => totalMs(sample, cell.imageCount)));
  const factor = cell.sweep ? AXES[cell.sweep.axis].taskFactor(cell.sweep.value) : 1;
  const ofEngine = known.filter(({ engine, sweep }) => engine === cell.engine && !sweep);
  if (ofEngine.length === 0 || factor === null) return null;
  // Tasks of SYNC alone have times without those of others that run beside them.
  const ofSync = ofEngine.filter(({ model }) => model === 'SYNC');
  const computeMs = median(
    (ofSync.length > 0 ? ofSync : ofEngine).map((sample) => sample.computeMs / sample.imageCount),
  );
  const lanes =
    cell.model === 'THREADS_LOCKED' ? 1 : Math.min(computingAtOnce(cell), processors, cell.imageCount);
  return startupMs(cell, ofEngine) + (factor * computeMs * cell.imageCount) / lanes;
}

/** From the samples of the model at the nearest number of workers, else of SYNC, else of any model. */
function startupMs(cell: Cell, known: readonly BenchmarkSample[]): number {
  const of = (wanted: Cell['model']) => known.filter(({ model }) => model === wanted);
  const [nearest] = [of(cell.model), of('SYNC'), known]
    .filter((samples) => samples.length > 0)
    .map((samples) => samples.toSorted((a, b) => distance(a, cell) - distance(b, cell)));
  const [first] = nearest ?? [];
  if (!nearest || !first) return 0;
  const same = nearest.filter((sample) => distance(sample, cell) === distance(first, cell));
  const more = startedWorkers(cell) - startedWorkers(first);
  return Math.max(0, median(same.map((sample) => sample.startupMs)) + more * WORKER_START_MS);
}

const distance = (a: Cell, b: Cell): number => Math.abs(startedWorkers(a) - startedWorkers(b));

const startedWorkers = ({ model, workers }: Cell): number => (MODELS[model].startsWorkers ? workers : 0);

const totalMs = ({ wallMs, startupMs, dispatchMs, imageCount }: BenchmarkSample, tasks: number): number =>
  startupMs + dispatchMs + (wallMs * tasks) / imageCount;
