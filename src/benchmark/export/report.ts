import type { Workload } from '../../execution/model.js';
import { completeRace, type RaceExperiment } from '../../execution/race.js';
import type { Operation } from '../../imaging/operation.js';
import { type Analysis, analyse } from '../analysis/analyse.js';
import type { BenchmarkStatus } from '../benchmark-status.js';
import type { BenchmarkEnvironment } from '../machine-facts.js';
import type { BenchmarkSample } from '../sample.js';
import type { Sweep } from '../sweep.js';

/** The request and the measured samples of a benchmark: the input of every report. */
export interface BenchmarkRecord {
  name: string;
  status: BenchmarkStatus;
  workload: Workload;
  /** Name of the task module; null for other work. Records of version 0.1 lack it. */
  task?: string | null;
  operations: readonly Operation[];
  /** Number of different images, and whether they were generated; null for work without images. */
  images: { count: number; generated: boolean } | null;
  repetitions: number;
  /** Null: every cell got `repetitions`. Records of version 0.1 lack this field and the two below. */
  untilPercent?: number | null;
  seed?: number;
  sweep?: Sweep | null;
  totalCells: number;
  /** ISO 8601; null before the start, and before the end. */
  startedAt: string | null;
  finishedAt: string | null;
  /** Null before the start. */
  environment: BenchmarkEnvironment | null;
  samples: readonly BenchmarkSample[];
  race: RaceExperiment | null;
}

/** A record with every figure that is computed from it. */
export interface BenchmarkReport extends BenchmarkRecord, Analysis {
  /** Processors that the benchmark could use. */
  processors: number;
}

/** The report of a benchmark, finished or not. */
export function buildReport(record: BenchmarkRecord): BenchmarkReport {
  const processors = record.environment?.availableParallelism ?? 1;
  const { samples, status, race } = record;
  return {
    ...record,
    race: race && completeRace(race),
    processors,
    ...analyse({ samples, processors, status }),
  };
}
