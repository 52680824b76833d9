import { CONCURRENCY_MODELS, type ConcurrencyModel } from '../execution/model.js';
import type { ImageEngineName } from '../imaging/operation.js';

export const BENCHMARK_PRESETS = ['QUICK', 'MATRIX'] as const;
export type BenchmarkPreset = (typeof BENCHMARK_PRESETS)[number];

/** The lists whose product are a benchmark's cells. */
export interface CellLists {
  models: readonly ConcurrencyModel[];
  engines: readonly ImageEngineName[];
  imageCounts: readonly number[];
  workerCounts: readonly number[];
}

/**
 * What is measured when a list is left out. QUICK takes about a minute on two processors: every model, few
 * images. MATRIX is the whole picture: 48 cells.
 */
export const PRESET_LISTS: Readonly<Record<BenchmarkPreset, CellLists>> = {
  QUICK: {
    models: CONCURRENCY_MODELS,
    engines: ['SHARP'],
    imageCounts: [10],
    workerCounts: [1, 2, 4],
  },
  MATRIX: {
    models: ['SYNC', 'THREADS_LOCKED', 'PROCESSES', 'THREADS'],
    engines: ['SHARP'],
    imageCounts: [10, 50, 100],
    workerCounts: [1, 2, 4, 8],
  },
};
