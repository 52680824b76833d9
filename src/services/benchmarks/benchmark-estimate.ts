import type { SqlEntityManager } from '@mikro-orm/sql';
import { machineDifferences } from '../../benchmark/analysis/comparison/differences.js';
import { type Cell, computingAtOnce } from '../../benchmark/cell.js';
import { type EarlierRun, estimatedMs } from '../../benchmark/duration-estimate.js';
import type { BenchmarkEnvironment } from '../../benchmark/machine-facts.js';
import { ADAPTIVE_REPETITIONS, cellsOf, MAX_REPETITIONS } from '../../benchmark/plan.js';
import { Benchmark } from '../../entities/benchmarks/benchmark.entity.js';
import type { CheckedBenchmark, RunBenchmark } from './benchmark-input.js';
import { samplesOf } from './stored-samples.js';

/** Size and duration of a benchmark before it runs. */
export interface PlannedBenchmark {
  totalCells: number;
  totalSamples: number;
  /** At most the time limit. From earlier benchmarks of the user on this machine; null without a comparable one. */
  estimatedSeconds: number | null;
  /** Properties of the plan that make its result less certain, in words. */
  warnings: string[];
}

/** Number of earlier benchmarks to read. */
const RECENT = 5;

export async function planOfRequest(
  em: SqlEntityManager,
  userId: string,
  request: RunBenchmark,
  checked: CheckedBenchmark,
  environment: BenchmarkEnvironment,
): Promise<PlannedBenchmark> {
  const cells = cellsOf(checked.lists, request.workload);
  const runs = await earlierRuns(em, userId, request, checked, environment);
  const ms = estimatedMs(cells, request.repetitions, runs, environment.availableParallelism);
  const { maxSeconds = Number.POSITIVE_INFINITY } = request;
  return {
    totalCells: cells.length,
    totalSamples: cells.length * request.repetitions,
    estimatedSeconds: ms === null ? null : Math.min(maxSeconds, ms / 1000),
    warnings: planWarnings(cells, request, environment),
  };
}

function planWarnings(
  cells: readonly Cell[],
  { repetitions, untilPercent }: RunBenchmark,
  { availableParallelism }: BenchmarkEnvironment,
): string[] {
  const oversubscribed = cells.filter((cell) => computingAtOnce(cell) > availableParallelism).length;
  return [
    ...(repetitions < 5 && untilPercent === undefined
      ? ['TOO_FEW_SAMPLES: fewer than 5 repetitions give no 95 % interval and no recommendation.']
      : []),
    ...(oversubscribed > 0
      ? [
          `OVERSUBSCRIBED: ${oversubscribed} of ${cells.length} cells compute on more threads than the ${availableParallelism} processors.`,
        ]
      : []),
    ...(cells.some(({ model }) => model === 'SYNC')
      ? []
      : ['Without SYNC there is no speed-up, and no check against the baseline.']),
    ...(untilPercent === undefined ? [] : untilWarnings(repetitions)),
  ];
}

function untilWarnings(repetitions: number): string[] {
  return [
    `With untilPercent a cell can get up to ${MAX_REPETITIONS} samples; the totals count the repetitions alone.`,
    ...(repetitions < ADAPTIVE_REPETITIONS
      ? [
          `With untilPercent, take at least ${ADAPTIVE_REPETITIONS} repetitions: the interval of fewer samples is narrow by chance now and then.`,
        ]
      : []),
  ];
}

/** Recent benchmarks of the same tasks and sources on this machine. */
async function earlierRuns(
  em: SqlEntityManager,
  userId: string,
  { workload }: RunBenchmark,
  { operations, task, imageIds }: CheckedBenchmark,
  environment: BenchmarkEnvironment,
): Promise<EarlierRun[]> {
  const recent = await em.find(
    Benchmark,
    { owner: userId, workload, task, importedFacts: null, sampleCount: { $gt: 0 } },
    { orderBy: { createdAt: 'desc' }, limit: RECENT },
  );
  const comparable = recent.filter(
    (benchmark) =>
      machineDifferences(benchmark.environment, environment).length === 0 &&
      JSON.stringify(benchmark.operations) === JSON.stringify(operations) &&
      JSON.stringify(benchmark.imageIds) === JSON.stringify(imageIds),
  );
  return Promise.all(
    comparable.map(async ({ id, status, startedAt, finishedAt, waitedMs }) => ({
      samples: await samplesOf(em, id),
      durationMs:
        status === 'COMPLETED' && startedAt && finishedAt
          ? finishedAt.getTime() - startedAt.getTime() - waitedMs
          : null,
    })),
  );
}
