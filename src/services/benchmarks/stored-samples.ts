import type { SqlEntityManager } from '@mikro-orm/sql';
import { cellKey, workKey } from '../../benchmark/cell.js';
import { type BenchmarkPlan, planBenchmark } from '../../benchmark/plan.js';
import { type BenchmarkSample, medianSample } from '../../benchmark/sample.js';
import type { Benchmark } from '../../entities/benchmarks/benchmark.entity.js';
import { StoredSample } from '../../entities/benchmarks/stored-sample.entity.js';

/** A sample with the `seq` under which it is stored. */
export interface PlacedSample extends BenchmarkSample {
  seq: number;
}

/** Returns the plan of a stored benchmark; deterministic. */
export const planOf = ({ workload, lists, repetitions, seed, untilPercent }: Benchmark): BenchmarkPlan =>
  planBenchmark({ workload, lists, repetitions, seed, untilPercent });

/** The samples of a benchmark, without their traces, in the order of measuring. */
export async function samplesOf(em: SqlEntityManager, benchmarkId: string): Promise<PlacedSample[]> {
  const rows = await em.find(StoredSample, { benchmark: benchmarkId }, { orderBy: { seq: 'asc' } });
  return rows.map(toSample);
}

/** Returns the samples of the same work as one sample: its cell and all cells that it is compared with. */
export async function samplesOfWork(
  em: SqlEntityManager,
  benchmarkId: string,
  sample: BenchmarkSample,
): Promise<PlacedSample[]> {
  const { engine, imageCount } = sample;
  const rows = await em.find(
    StoredSample,
    { benchmark: benchmarkId, engine, imageCount },
    { orderBy: { seq: 'asc' } },
  );
  return rows.map(toSample).filter((other) => workKey(other) === workKey(sample));
}

export function toSample(row: StoredSample): PlacedSample {
  const { seq, model, engine, imageCount, workers, sweep, repetition, measurement } = row;
  return { ...measurement, seq, model, engine, imageCount, workers, sweep, repetition };
}

/** The samples with the trace of the median sample of each cell. */
export async function withTraces(
  em: SqlEntityManager,
  benchmarkId: string,
  samples: readonly PlacedSample[],
): Promise<BenchmarkSample[]> {
  const medians = [...Map.groupBy(samples, cellKey).values()].flatMap(
    (ofCell) => medianSample(ofCell)?.seq ?? [],
  );
  const rows = await em.find(
    StoredSample,
    { benchmark: benchmarkId, seq: { $in: medians } },
    { populate: ['trace'], fields: ['seq', 'trace'], disableIdentityMap: true },
  );
  const traces = new Map(rows.map(({ seq, trace }) => [seq, trace]));
  return samples.map((sample) => {
    const trace = traces.get(sample.seq);
    return trace ? { ...sample, trace } : sample;
  });
}
