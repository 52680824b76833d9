import type { BenchmarkStatus } from '../benchmark-status.js';
import { cellKey, compareCells, toCell } from '../cell.js';
import type { BenchmarkSample } from '../sample.js';
import { type BenchmarkCell, summariseCells } from './cell-summary.js';
import { noiseFloor } from './noise-floor.js';
import { pooledBaselines } from './pooled-baseline.js';
import { type Recommendation, recommend } from './recommendation.js';
import { fitScaling, type ScalingFit } from './scaling.js';

/** The input of every analysis. */
export interface AnalysedRun {
  samples: readonly BenchmarkSample[];
  /** Processors that the benchmark could use. */
  processors: number;
  status: BenchmarkStatus;
}

/** All figures computed from the samples of a benchmark. */
export interface Analysis {
  /** Cells that have samples, in the order of `compareCells`. */
  cells: BenchmarkCell[];
  /** SYNC as one cell for each work, with the samples of all its cells. */
  baselines: BenchmarkCell[];
  scaling: ScalingFit[];
  recommendation: Recommendation | null;
  /** Relative difference between equal work: 0.04 is 4 %. Null where it is unknown. */
  noiseFloor: number | null;
}

/** Analyses a benchmark, finished or not. The API and every report use this one function. */
export function analyse({ samples, processors, status }: AnalysedRun): Analysis {
  const measured = [...new Map(samples.map((sample) => [cellKey(sample), toCell(sample)])).values()];
  const cells = summariseCells(measured.sort(compareCells), samples, processors);
  const pooled = pooledBaselines(samples);
  const baselines = summariseCells(pooled.cells.sort(compareCells), pooled.samples, processors);
  return {
    cells,
    baselines,
    scaling: fitScaling(cells, baselines, processors),
    recommendation: recommend(cells, baselines, { processors, status }),
    noiseFloor: noiseFloor(cells),
  };
}
