import type { SqlEntityManager } from '@mikro-orm/sql';
import { analyseCells } from '../../benchmark/analysis/analysis.js';
import type { BenchmarkCell } from '../../benchmark/analysis/cell-summary.js';
import { type BenchmarkPlan, DEFAULT_PLAN_LIMITS, planBenchmark } from '../../benchmark/plan.js';
import type { BenchmarkSample } from '../../benchmark/sample.js';
import type { Benchmark } from '../../entities/benchmark.entity.js';
import { StoredSample } from '../../entities/stored-sample.entity.js';

/** The plan of a stored benchmark: the same each time. What it asks for was checked when it was accepted. */
export function planOf({ workload, lists, repetitions, seed }: Benchmark): BenchmarkPlan {
  const unlimited = { ...DEFAULT_PLAN_LIMITS, maxWorkers: Number.POSITIVE_INFINITY };
  return planBenchmark({ preset: 'QUICK', workload, ...lists, repetitions, seed }, unlimited);
}

/** What has been measured of a benchmark, or of one work or model of it, in the order of measuring. */
export async function samplesOf(
  em: SqlEntityManager,
  benchmarkId: string,
  part: { model?: StoredSample['model']; engine?: StoredSample['engine']; imageCount?: number } = {},
): Promise<BenchmarkSample[]> {
  const rows = await em.find(StoredSample, { benchmark: benchmarkId, ...part }, { orderBy: { seq: 'asc' } });
  return rows.map(toSample);
}

export function toSample(row: StoredSample): BenchmarkSample {
  const { model, engine, imageCount, workers, repetition, measurement } = row;
  return { ...measurement, model, engine, imageCount, workers, repetition };
}

/** The cells that have samples, in the order of the plan. */
export function cellsOf(benchmark: Benchmark, samples: readonly BenchmarkSample[]): Promise<BenchmarkCell[]> {
  // Samples are there only once it has run somewhere.
  const processors = benchmark.environment?.availableParallelism ?? 1;
  return analyseCells(benchmark.owner.id, planOf(benchmark).cells, samples, processors);
}
