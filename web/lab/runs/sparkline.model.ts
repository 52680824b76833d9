import type { Cell } from '../../../src/benchmark/cell.js';
import { CONCURRENCY_MODELS, type ConcurrencyModel } from '../../../src/execution/model.js';

export interface SparkBar {
  model: ConcurrencyModel;
  workers: number;
  medianMs: number;
  /** Relative to the slowest model, 0 to 1. */
  share: number;
}

type Median = Pick<Cell, 'model' | 'engine' | 'imageCount' | 'workers'> & { medianMs: number };

/** The shortest median of every model, for the largest batch of the first engine. Empty without cells. */
export function sparkBars(cells: readonly Median[]): SparkBar[] {
  const engine = cells[0]?.engine;
  const ofEngine = cells.filter((cell) => cell.engine === engine);
  const largest = Math.max(...ofEngine.map(({ imageCount }) => imageCount));
  const shown = CONCURRENCY_MODELS.flatMap((model) => {
    const ofModel = ofEngine.filter((cell) => cell.model === model && cell.imageCount === largest);
    return ofModel.toSorted((a, b) => a.medianMs - b.medianMs).slice(0, 1);
  });
  const slowest = Math.max(...shown.map(({ medianMs }) => medianMs));
  return shown.map(({ model, workers, medianMs }) => ({
    model,
    workers,
    medianMs,
    share: medianMs / slowest,
  }));
}
