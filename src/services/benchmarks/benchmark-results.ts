import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Analysis } from '../../benchmark/analysis/analyse.js';
import { analyseComparison, analyseRun } from '../../benchmark/analysis/analysis.js';
import type { BenchmarkCell } from '../../benchmark/analysis/cell-summary.js';
import type { ComparisonRow } from '../../benchmark/analysis/comparison/comparison.js';
import { describeDifferences } from '../../benchmark/analysis/comparison/differences.js';
import { renderReport } from '../../benchmark/export/render-report.js';
import type { BenchmarkRecord } from '../../benchmark/export/report.js';
import { GENERATED_IMAGES } from '../../benchmark/measure/generated-images.js';
import type { ReportFormat } from '../../benchmark/report-format.js';
import type { Benchmark } from '../../entities/benchmarks/benchmark.entity.js';
import { StoredSample } from '../../entities/benchmarks/stored-sample.entity.js';
import { AppError } from '../../errors.js';
import { WORKLOAD_FACTS } from '../../execution/model.js';
import { latestRace } from './stored-races.js';
import { samplesOf, withTraces } from './stored-samples.js';

/** Enough for a full matrix and twenty others; more would slow down other requests. */
const MAX_COMPARED_SAMPLES = 10_000;

/** Computes the figures of benchmarks from their stored samples, each once in a unit of work. */
export class BenchmarkResults {
  readonly #analyses = new Map<string, Promise<Analysis>>();

  constructor(private readonly em: SqlEntityManager) {}

  /** @param traced with the timelines of the cells, which are large */
  analysis(benchmark: Benchmark, traced = false): Promise<Analysis> {
    const key = `${benchmark.id}/${traced}`;
    const known = this.#analyses.get(key);
    const analysis = known ?? this.#analyse(benchmark, traced);
    this.#analyses.set(key, analysis);
    return analysis;
  }

  async cells(benchmark: Benchmark, traced = false): Promise<BenchmarkCell[]> {
    return (await this.analysis(benchmark, traced)).cells;
  }

  async compare(
    baseline: Benchmark,
    candidates: readonly Benchmark[],
  ): Promise<{ baseline: Benchmark; rows: ComparisonRow[]; differences: string[] }> {
    const all = [baseline, ...candidates];
    await this.#checkSize(all);
    const [first, ...others] = await Promise.all(
      all.map(async (benchmark) => {
        const { id, name, workload, task, operations, environment } = benchmark;
        const samples = await samplesOf(this.em, id);
        const times = timesOf(benchmark);
        const otherRuntime = benchmark.imported && !isNode(environment);
        return {
          id,
          otherRuntime,
          name,
          workload,
          task,
          operations,
          environment,
          samples,
          images: imagesOf(benchmark),
          times,
          ...times,
        };
      }),
    );
    if (!first) return { baseline, rows: [], differences: [] };
    return {
      baseline,
      rows: await analyseComparison(baseline.owner.id, first, others),
      differences: describeDifferences(first, others),
    };
  }

  /** The report as text. */
  async report(benchmark: Benchmark, format: ReportFormat): Promise<string> {
    // The race of this machine says nothing about a benchmark of another one.
    const race = benchmark.imported ? null : await latestRace(this.em, benchmark.owner.id);
    const samples = await samplesOf(this.em, benchmark.id);
    const record: BenchmarkRecord = {
      name: benchmark.name,
      status: benchmark.status,
      workload: benchmark.workload,
      task: benchmark.task,
      operations: benchmark.operations,
      images: imagesOf(benchmark),
      repetitions: benchmark.repetitions,
      untilPercent: benchmark.untilPercent,
      seed: benchmark.seed,
      sweep: benchmark.sweep,
      totalCells: benchmark.totalCells,
      ...timesOf(benchmark),
      environment: benchmark.environment,
      samples: (await withTraces(this.em, benchmark.id, samples)).map(withoutSeq),
      race,
    };
    return renderReport(benchmark.owner.id, record, format);
  }

  async #analyse(benchmark: Benchmark, traced: boolean): Promise<Analysis> {
    const samples = await samplesOf(this.em, benchmark.id);
    return analyseRun(benchmark.owner.id, {
      samples: traced ? await withTraces(this.em, benchmark.id, samples) : samples,
      processors: processorsOf(benchmark),
      status: benchmark.status,
    });
  }

  async #checkSize(benchmarks: readonly Benchmark[]): Promise<void> {
    const counts = benchmarks.map(({ id }) => this.em.count(StoredSample, { benchmark: id }));
    const requested = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
    if (requested <= MAX_COMPARED_SAMPLES) return;
    const message = `These benchmarks have ${requested} samples; at most ${MAX_COMPARED_SAMPLES} can be compared at once`;
    throw AppError.limit('maxComparedSamples', MAX_COMPARED_SAMPLES, requested, message);
  }
}

const isNode = (environment: Benchmark['environment']): boolean =>
  environment?.runtime === undefined || environment.runtime.startsWith('Node ');

/** Samples exist only after a start, which stores the environment. */
export const processorsOf = ({ environment }: Benchmark): number => environment?.availableParallelism ?? 1;

function withoutSeq(sample: BenchmarkRecord['samples'][number]): BenchmarkRecord['samples'][number] {
  const { seq: _seq, ...rest } = sample as typeof sample & { seq?: number };
  return rest;
}

const timesOf = ({ startedAt, finishedAt }: Benchmark) => ({
  startedAt: startedAt?.toISOString() ?? null,
  finishedAt: finishedAt?.toISOString() ?? null,
});

function imagesOf({ workload, imageIds, importedFacts }: Benchmark): BenchmarkRecord['images'] {
  if (importedFacts !== null) return importedFacts.images;
  if (!WORKLOAD_FACTS[workload].usesImages) return null;
  return imageIds
    ? { count: imageIds.length, generated: false }
    : { count: GENERATED_IMAGES, generated: true };
}
