import { CONCURRENCY_MODELS, type ConcurrencyModel } from '../execution/model.js';
import { IMAGE_ENGINES, type ImageEngineName } from '../imaging/engine-name.js';
import type { SweepPoint } from './sweep.js';

/** One combination that a benchmark measures. */
export interface Cell {
  model: ConcurrencyModel;
  /** Null for work without images. */
  engine: ImageEngineName | null;
  /** Images (or other tasks) in one batch. */
  imageCount: number;
  workers: number;
  /** Absent or null where the benchmark has no sweep. */
  sweep?: SweepPoint | null;
}

/** Identifies a cell within its benchmark, and the same cell in another benchmark. */
export const cellKey = ({ model, engine, imageCount, workers, sweep }: Cell): string =>
  [model, engine ?? '-', imageCount, workers, ...sweepKey(sweep)].join('/');

/** Equal for all cells that do the same work: they may be compared, and must produce the same bytes. */
export const workKey = ({ engine, imageCount, sweep }: Omit<Cell, 'model' | 'workers'>): string =>
  [engine ?? '-', imageCount, ...sweepKey(sweep)].join('/');

const sweepKey = (sweep: SweepPoint | null | undefined): string[] =>
  sweep ? [`${sweep.axis}=${sweep.value}`] : [];

/** Threads that compute at the same time. ASYNC computes on libuv's threads with a native engine, else on its one loop. */
export function computingAtOnce({
  model,
  engine,
  workers,
}: Pick<Cell, 'model' | 'engine' | 'workers'>): number {
  const onTheLoop = model === 'SYNC' || (model === 'ASYNC' && engine !== 'SHARP');
  return onTheLoop ? 1 : workers;
}

/** Orders cells by work, then by model in the usual order, then by workers. */
export function compareCells(a: Cell, b: Cell): number {
  return (
    engineRank(a) - engineRank(b) ||
    a.imageCount - b.imageCount ||
    (a.sweep?.value ?? 0) - (b.sweep?.value ?? 0) ||
    CONCURRENCY_MODELS.indexOf(a.model) - CONCURRENCY_MODELS.indexOf(b.model) ||
    a.workers - b.workers
  );
}

/** The properties of a cell alone, without those of a sample of it. */
export const toCell = ({ model, engine, imageCount, workers, sweep }: Cell): Required<Cell> => ({
  model,
  engine,
  imageCount,
  workers,
  sweep: sweep ?? null,
});

const engineRank = ({ engine }: Cell): number => (engine ? IMAGE_ENGINES.indexOf(engine) : -1);
