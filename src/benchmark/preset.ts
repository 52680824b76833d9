import { CONCURRENCY_MODELS, type ConcurrencyModel } from '../execution/model.js';
import type { ImageEngineName } from '../imaging/engine-name.js';
import type { Sweep } from './sweep.js';

export const BENCHMARK_PRESETS = ['QUICK', 'MATRIX'] as const;
export type BenchmarkPreset = (typeof BENCHMARK_PRESETS)[number];

/** The lists whose product are the cells of a benchmark; stored with it, so that it continues after a restart. */
export interface CellLists {
  models: readonly ConcurrencyModel[];
  engines: readonly ImageEngineName[];
  imageCounts: readonly number[];
  workerCounts: readonly number[];
  /** SYNC, which uses no workers, is measured at one worker alone. Default: at each number of workers. */
  syncOnce?: boolean;
  /** Default: none. */
  sweep?: Sweep;
}

/** The lists of a preset, for a machine with this number of processors. */
export const PRESETS: Readonly<Record<BenchmarkPreset, (processors: number) => CellLists>> = {
  // 50 samples on two processors, which take some 75 s there on an idle machine; a wider one has four more cells for each
  // engine.
  QUICK: (processors) => ({
    models: CONCURRENCY_MODELS,
    engines: ['JIMP', 'SHARP'],
    imageCounts: [6],
    workerCounts: processors > 2 ? [2, processors] : [2],
    syncOnce: true,
  }),
  MATRIX: () => ({
    models: ['SYNC', 'THREADS_LOCKED', 'PROCESSES', 'THREADS'],
    engines: ['SHARP'],
    imageCounts: [10, 50, 100],
    workerCounts: [1, 2, 4, 8],
  }),
};
