import { CONCURRENCY_MODELS, type ConcurrencyModel } from '../execution/model.js';
import { IMAGE_ENGINES, type ImageEngineName } from '../imaging/operation.js';

/** One combination that a benchmark measures. */
export interface Cell {
  model: ConcurrencyModel;
  /** Null for work that touches no image. */
  engine: ImageEngineName | null;
  /** Images (or other tasks) in one batch. */
  imageCount: number;
  workers: number;
}

/** Identifies a cell within its benchmark, and its counterpart in another one. */
export const cellKey = ({ model, engine, imageCount, workers }: Cell): string =>
  `${model}/${engine ?? '-'}/${imageCount}/${workers}`;

/** The same for all cells that do the same work: those may be compared, and must give the same bytes. */
export const workKey = ({ engine, imageCount }: Cell): string => `${engine ?? '-'}/${imageCount}`;

/** Threads that compute at a time. What ASYNC has in flight computes on libuv's where an engine is native, else on the one loop. */
export function computingAtOnce({ model, engine, workers }: Omit<Cell, 'imageCount'>): number {
  const onTheLoop = model === 'SYNC' || (model === 'ASYNC' && engine !== 'SHARP');
  return onTheLoop ? 1 : workers;
}

/** Work by work, and in each the models in their usual order. */
export function compareCells(a: Cell, b: Cell): number {
  return (
    enginePlace(a) - enginePlace(b) ||
    a.imageCount - b.imageCount ||
    CONCURRENCY_MODELS.indexOf(a.model) - CONCURRENCY_MODELS.indexOf(b.model) ||
    a.workers - b.workers
  );
}

const enginePlace = ({ engine }: Cell): number => (engine ? IMAGE_ENGINES.indexOf(engine) : -1);
