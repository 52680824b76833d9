import type { SqlEntityManager } from '@mikro-orm/sql';
import { analyseCells, analyseComparison } from '../../benchmark/analysis/analysis.js';
import type { BenchmarkCell } from '../../benchmark/analysis/cell-summary.js';
import type { ComparisonRow } from '../../benchmark/analysis/comparison.js';
import { describeDifferences } from '../../benchmark/analysis/differences.js';
import { pooledBaselines } from '../../benchmark/analysis/pooled-baseline.js';
import { type Recommendation, recommend } from '../../benchmark/analysis/recommendation.js';
import { fitScaling, type ScalingFit } from '../../benchmark/analysis/scaling.js';
import { type BenchmarkStatus, isBenchmarkEnded } from '../../benchmark/benchmark-status.js';
import { type Cell, cellKey } from '../../benchmark/cell.js';
import { renderReport } from '../../benchmark/export/render-report.js';
import type { BenchmarkRecord } from '../../benchmark/export/report.js';
import type { ReportFormat } from '../../benchmark/export/report-format.js';
import { GENERATED_IMAGES } from '../../benchmark/measure/generated-images.js';
import type { Benchmark } from '../../entities/benchmark.entity.js';
import { StoredSample } from '../../entities/stored-sample.entity.js';
import { AppError } from '../../errors.js';
import { latestRace } from './stored-races.js';
import { cellsOf, samplesOf, toSample } from './stored-samples.js';

/** A full matrix beside twenty others; more would only be read and compared at everybody's cost. */
const MAX_COMPARED_SAMPLES = 10_000;

/** A benchmark at one moment, as plain data. */
export interface BenchmarkProgressView {
  benchmarkId: string;
  seq: number;
  status: BenchmarkStatus;
  completedCells: number;
  totalCells: number;
  progress: number;
  /** The cell that has just got a sample, as it now stands. */
  cell: BenchmarkCell | null;
}

/** What follows from the samples of benchmarks. Computed once for a unit of work. */
export class BenchmarkResults {
  readonly #cells = new Map<string, Promise<BenchmarkCell[]>>();

  constructor(private readonly em: SqlEntityManager) {}

  /** The cells that have samples, in the order of the plan. */
  cells(benchmark: Benchmark): Promise<BenchmarkCell[]> {
    const known = this.#cells.get(benchmark.id);
    const cells = known ?? samplesOf(this.em, benchmark.id).then((samples) => cellsOf(benchmark, samples));
    this.#cells.set(benchmark.id, cells);
    return cells;
  }

  async scaling(benchmark: Benchmark): Promise<ScalingFit[]> {
    return fitScaling(await this.cells(benchmark), processorsOf(benchmark));
  }

  async recommendation(benchmark: Benchmark): Promise<Recommendation | null> {
    const processors = processorsOf(benchmark);
    const pooled = pooledBaselines(await samplesOf(this.em, benchmark.id, { model: 'SYNC' }));
    const baselines = await analyseCells(benchmark.owner.id, pooled.cells, pooled.samples, processors);
    return recommend(await this.cells(benchmark), baselines, processors);
  }

  async compare(
    baseline: Benchmark,
    candidates: readonly Benchmark[],
  ): Promise<{ baseline: Benchmark; rows: ComparisonRow[]; differences: string[] }> {
    const all = [baseline, ...candidates];
    await this.#checkSize(all);
    const [first, ...others] = await Promise.all(
      all.map(async (benchmark) => {
        const { id, name, workload, operations, environment } = benchmark;
        const samples = await samplesOf(this.em, id);
        return { id, name, workload, operations, environment, samples, images: imagesOf(benchmark) };
      }),
    );
    if (!first) return { baseline, rows: [], differences: [] };
    return {
      baseline,
      rows: await analyseComparison(baseline.owner.id, first, others),
      differences: describeDifferences(first, others),
    };
  }

  async #checkSize(benchmarks: readonly Benchmark[]): Promise<void> {
    const counts = benchmarks.map(({ id }) => this.em.count(StoredSample, { benchmark: id }));
    const asked = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
    if (asked <= MAX_COMPARED_SAMPLES) return;
    const message = `These benchmarks have ${asked} samples; at most ${MAX_COMPARED_SAMPLES} are compared at once`;
    throw AppError.limit('maxComparedSamples', MAX_COMPARED_SAMPLES, asked, message);
  }

  /** The report as text. */
  async report(benchmark: Benchmark, format: ReportFormat): Promise<string> {
    const race = await latestRace(this.em, benchmark.owner.id);
    const record: BenchmarkRecord = {
      name: benchmark.name,
      status: benchmark.status,
      workload: benchmark.workload,
      operations: benchmark.operations,
      images: imagesOf(benchmark),
      repetitions: benchmark.repetitions,
      totalCells: benchmark.totalCells,
      startedAt: benchmark.startedAt?.toISOString() ?? null,
      finishedAt: benchmark.finishedAt?.toISOString() ?? null,
      environment: benchmark.environment,
      samples: await samplesOf(this.em, benchmark.id),
      race,
    };
    return renderReport(benchmark.owner.id, record, format);
  }

  /**
   * The event after the one with this `seq`: the stored state at first, then one for each sample, and one for the end.
   * Undefined where there is none yet.
   */
  async eventAfter(
    benchmark: Benchmark,
    seq: number | undefined,
  ): Promise<{ event: BenchmarkProgressView; final: boolean } | undefined> {
    const state = { event: stateOf(benchmark), final: isBenchmarkEnded(benchmark.status) };
    if (seq === undefined) return state;
    const next = await this.em.findOne(
      StoredSample,
      { benchmark: benchmark.id, seq: { $gt: seq } },
      { orderBy: { seq: 'asc' } },
    );
    if (next) {
      const cell = await this.#cell(benchmark, toSample(next));
      const status = state.final ? 'RUNNING' : benchmark.status;
      return { event: { ...state.event, seq: next.seq, status, cell }, final: false };
    }
    return benchmark.seq > seq ? state : undefined;
  }

  /** The cell of a sample. What it is compared with is of the same work, so nothing else is read. */
  async #cell(benchmark: Benchmark, { engine, imageCount, ...cell }: Cell): Promise<BenchmarkCell | null> {
    const samples = await samplesOf(this.em, benchmark.id, { engine, imageCount });
    const key = cellKey({ ...cell, engine, imageCount });
    const cells = await cellsOf(benchmark, samples);
    return cells.find((one) => cellKey(one) === key) ?? null;
  }
}

function stateOf(benchmark: Benchmark): BenchmarkProgressView {
  const { id: benchmarkId, seq, status, completedCells, totalCells, progress } = benchmark;
  return { benchmarkId, seq, status, completedCells, totalCells, progress, cell: null };
}

const processorsOf = ({ environment }: Benchmark): number => environment?.availableParallelism ?? 1;

function imagesOf({ workload, imageIds }: Benchmark): BenchmarkRecord['images'] {
  if (workload === 'FIBONACCI') return null;
  return imageIds
    ? { count: imageIds.length, generated: false }
    : { count: GENERATED_IMAGES, generated: true };
}
