import type { ConcurrencyModel, Workload } from '../execution/model.js';
import type { ImageEngineName } from '../imaging/engine-name.js';
import { type Cell, cellKey } from './cell.js';
import { cellsOf } from './plan.js';
import { BENCHMARK_PRESETS, type BenchmarkPreset, type CellLists, PRESETS } from './preset.js';
import type { Sweep } from './sweep.js';

/** A request for cells: absent lists are those of the preset. */
export interface CellRequest {
  /** Absent where every list is present. */
  preset?: BenchmarkPreset;
  models?: ConcurrencyModel[];
  engines?: ImageEngineName[];
  imageCounts?: number[];
  workerCounts?: number[];
}

/** The measured cells, and what decides which cells a preset has. */
export interface MeasuredCells {
  cells: readonly Cell[];
  workload: Workload;
  processors: number;
  sweep?: Sweep | null | undefined;
}

/** The shortest request for the cells of a benchmark; lists whose product has more cells where none gives them alone. */
export function requestOf(measured: MeasuredCells): CellRequest {
  const { cells, workload } = measured;
  const distinct = <T>(of: (cell: Cell) => T) => [...new Set(cells.map(of))];
  const numbers = (of: (cell: Cell) => number) => distinct(of).toSorted((a, b) => a - b);
  const engines = distinct(({ engine }) => engine).filter((engine) => engine !== null);
  const lists = {
    models: distinct(({ model }) => model),
    ...(workload === 'IMAGE' && engines.length > 0 && { engines }),
    imageCounts: numbers(({ imageCount }) => imageCount),
  };
  const inFull = { ...lists, workerCounts: numbers(({ workers }) => workers) };
  const candidates: CellRequest[] = [
    ...BENCHMARK_PRESETS.map((preset) => ({ preset })),
    inFull,
    ...BENCHMARK_PRESETS.map((preset) => ({ preset, ...lists })),
  ];
  return candidates.find((request) => isRequestOf(request, measured)) ?? inFull;
}

function isRequestOf(
  { preset, ...lists }: CellRequest,
  { cells, workload, processors, sweep }: MeasuredCells,
): boolean {
  const { syncOnce, ...ofPreset } = PRESETS[preset ?? 'QUICK'](processors);
  const requested: CellLists = {
    ...ofPreset,
    ...lists,
    syncOnce: syncOnce === true && lists.workerCounts === undefined,
    ...(sweep && { sweep }),
  };
  return keysOf(cellsOf(requested, workload)) === keysOf(cells);
}

const keysOf = (cells: readonly Cell[]): string => cells.map(cellKey).toSorted().join();
