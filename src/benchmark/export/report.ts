import type { Workload } from '../../execution/model.js';
import { completeRace, type RaceExperiment } from '../../execution/race.js';
import type { Operation } from '../../imaging/operation.js';
import { type BenchmarkCell, summariseCells } from '../analysis/cell-summary.js';
import { pooledBaselines } from '../analysis/pooled-baseline.js';
import { type Recommendation, recommend } from '../analysis/recommendation.js';
import { fitScaling, noiseFloor, type ScalingFit } from '../analysis/scaling.js';
import type { BenchmarkStatus } from '../benchmark-status.js';
import { cellKey, compareCells } from '../cell.js';
import type { BenchmarkEnvironment } from '../environment.js';
import type { BenchmarkSample } from '../sample.js';

/** What was asked and what was measured: all that a report is made of. */
export interface BenchmarkRecord {
  name: string;
  status: BenchmarkStatus;
  workload: Workload;
  operations: readonly Operation[];
  /** How many different images took turns, and whether they were generated; null for work without images. */
  images: { count: number; generated: boolean } | null;
  repetitions: number;
  totalCells: number;
  /** ISO 8601; null while it has not begun or ended. */
  startedAt: string | null;
  finishedAt: string | null;
  /** Null while it has not begun. */
  environment: BenchmarkEnvironment | null;
  samples: readonly BenchmarkSample[];
  race: RaceExperiment | null;
}

/** A record with everything that follows from it. */
export interface BenchmarkReport extends BenchmarkRecord {
  /** That it could use. */
  processors: number;
  cells: BenchmarkCell[];
  /** SYNC as one cell for each work, with the samples of all its cells. */
  baselines: BenchmarkCell[];
  scaling: ScalingFit[];
  recommendation: Recommendation | null;
  /** By how much equal work differed: 0.04 is 4 %. Null where it was measured only once. */
  noiseFloor: number | null;
}

/** The report of a benchmark, finished or not. */
export function buildReport(record: BenchmarkRecord): BenchmarkReport {
  const processors = record.environment?.availableParallelism ?? 1;
  const measured = [...new Map(record.samples.map((sample) => [cellKey(sample), sample])).values()];
  const cells = summariseCells(measured.sort(compareCells), record.samples, processors);
  const pooled = pooledBaselines(record.samples);
  const baselines = summariseCells(pooled.cells.sort(compareCells), pooled.samples, processors);
  return {
    ...record,
    race: record.race && completeRace(record.race),
    processors,
    cells,
    baselines,
    scaling: fitScaling(cells, processors),
    recommendation: recommend(cells, baselines, processors),
    noiseFloor: noiseFloor(cells),
  };
}
