import { median } from 'simple-statistics';
import { type Cell, cellKey, computingAtOnce } from './cell.js';
import type { BenchmarkSample } from './sample.js';

/** An earlier benchmark of the same work on the same machine. */
export interface EarlierRun {
  samples: readonly BenchmarkSample[];
  /** From its start to its end; null where it did not end, or was interrupted. */
  durationMs: number | null;
}

/** Time to fork the host, load the program and read the sources, for each sample, where it is not known. */
const HOST_START_MS = 400;

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

/** Time of one sample: that of the same cell if it was measured, else scaled from other cells of the same engine. */
function sampleMs(cell: Cell, known: readonly BenchmarkSample[], processors: number): number | null {
  const same = known.filter(
    (sample) => cellKey({ ...sample, imageCount: cell.imageCount }) === cellKey(cell),
  );
  if (same.length > 0) return median(same.map((sample) => totalMs(sample, cell.imageCount)));
  const ofEngine = known.filter(({ engine, sweep }) => engine === cell.engine && !sweep);
  if (ofEngine.length === 0) return null;
  // Tasks of SYNC alone have times without those of others that run beside them.
  const ofSync = ofEngine.filter(({ model }) => model === 'SYNC');
  const computeMs = median(
    (ofSync.length > 0 ? ofSync : ofEngine).map((sample) => sample.computeMs / sample.imageCount),
  );
  const ofModel = ofEngine.filter(({ model }) => model === cell.model);
  const startupMs = median((ofModel.length > 0 ? ofModel : ofEngine).map((sample) => sample.startupMs));
  const lanes =
    cell.model === 'THREADS_LOCKED' ? 1 : Math.min(computingAtOnce(cell), processors, cell.imageCount);
  return startupMs + (computeMs * cell.imageCount) / lanes;
}

const totalMs = ({ wallMs, startupMs, dispatchMs, imageCount }: BenchmarkSample, tasks: number): number =>
  startupMs + dispatchMs + (wallMs * tasks) / imageCount;
