import type { ConcurrencyModel } from '../execution/model.js';
import type { ImageEngineName } from '../imaging/operation.js';

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

/** A cell in words, for reports and messages. */
export const describeCell = ({ model, engine, imageCount, workers }: Cell): string =>
  [
    model,
    engine,
    `${imageCount} ${imageCount === 1 ? 'task' : 'tasks'}`,
    `${workers} ${workers === 1 ? 'worker' : 'workers'}`,
  ]
    .filter((part) => part !== null)
    .join(', ');
