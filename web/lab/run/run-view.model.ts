/** What the page of a run shows, computed from its cells: the input of the same charts and tables as the report's. */
import type { BenchmarkCell } from '../../../src/benchmark/analysis/cell-summary.js';
import { validCells } from '../../../src/benchmark/analysis/cell-summary.js';
import { noiseFloor } from '../../../src/benchmark/analysis/noise-floor.js';
import { pooledCells } from '../../../src/benchmark/analysis/pooled-baseline.js';
import { type Recommendation, recommend } from '../../../src/benchmark/analysis/recommendation.js';
import type { ScalingFit } from '../../../src/benchmark/analysis/scaling.js';
import { type BenchmarkStatus, isBenchmarkEnded } from '../../../src/benchmark/benchmark-status.js';
import { cellKey } from '../../../src/benchmark/cell.js';
import type { ChartedRun } from '../../../src/benchmark/export/chart-sections.js';
import type { CellFigures } from './run.model.js';

/** Timeline and event-loop delays of the median sample of a cell. */
export type CellCourse = Pick<
  BenchmarkCell,
  'model' | 'engine' | 'imageCount' | 'workers' | 'sweep' | 'timeline' | 'eventLoopDelaysMs'
>;

/** Figures that the server computes from all samples, once a run has ended. */
export interface StoredAnalysis {
  scaling: readonly ScalingFit[];
  recommendation: Recommendation | null;
}

export interface RunView extends ChartedRun {
  recommendation: Recommendation | null;
  /** Relative difference between equal work; null where it is unknown. */
  noiseFloor: number | null;
  /** Whether all that will be known about the run is known. */
  isComplete: boolean;
}

export interface ViewInput {
  cells: readonly CellFigures[];
  status: BenchmarkStatus;
  processors: number;
  analysis?: StoredAnalysis | undefined;
  courses?: readonly CellCourse[] | undefined;
  /** Default: false. */
  isComplete?: boolean;
}

/** While a run is measured, its recommendation is the one of the samples so far. */
export function viewOf(input: ViewInput): RunView {
  const { cells: known, status, processors, analysis, courses, isComplete = false } = input;
  const ofCell = new Map(courses?.map((course) => [cellKey(course), course]));
  const cells = known.map((cell): BenchmarkCell => {
    const { timeline = [], eventLoopDelaysMs = [] } = ofCell.get(cellKey(cell)) ?? {};
    return { ...cell, timeline, eventLoopDelaysMs };
  });
  // While a run is measured, the page shows one work alone; to pool the others too would take most of the time of a frame.
  const baselines = pooledCells(isBenchmarkEnded(status) ? cells : largestWorks(cells));
  return {
    cells,
    baselines,
    processors,
    scaling: [...(analysis?.scaling ?? [])],
    recommendation: analysis ? analysis.recommendation : recommend(cells, baselines, { processors, status }),
    noiseFloor: noiseFloor(cells),
    isComplete,
  };
}

/** The cells of the largest batch of each engine, which the recommendation is about. */
function largestWorks(cells: readonly BenchmarkCell[]): BenchmarkCell[] {
  return [...Map.groupBy(cells, ({ engine }) => engine).values()].flatMap((ofEngine) => {
    const largest = Math.max(...ofEngine.map(({ imageCount }) => imageCount));
    return ofEngine.filter(({ imageCount }) => imageCount === largest);
  });
}

/** Whether all models gave the same results; undefined while fewer than two models are known for any work. */
export function hasEqualOutputs({ cells }: Pick<RunView, 'cells'>): boolean | undefined {
  if (new Set(cells.map(({ model }) => model)).size < 2) return undefined;
  return validCells(cells).length === cells.length;
}
