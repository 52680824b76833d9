import type { SqlEntityManager } from '@mikro-orm/sql';
import { median } from 'simple-statistics';
import { machineDifferences } from '../../benchmark/analysis/differences.js';
import { type Cell, cellKey, computingAtOnce } from '../../benchmark/cell.js';
import type { BenchmarkEnvironment } from '../../benchmark/machine-facts.js';
import { ADAPTIVE_REPETITIONS, cellsOf, MAX_REPETITIONS } from '../../benchmark/plan.js';
import type { BenchmarkSample } from '../../benchmark/sample.js';
import { Benchmark } from '../../entities/benchmarks/benchmark.entity.js';
import type { CheckedBenchmark, RunBenchmark } from './benchmark-input.js';
import { samplesOf } from './stored-samples.js';

/** Size and duration of a benchmark before it runs. */
export interface PlannedBenchmark {
  totalCells: number;
  totalSamples: number;
  /** From earlier benchmarks of the user on this machine; null without a comparable one. */
  estimatedSeconds: number | null;
  /** Properties of the plan that make its result less certain, in words. */
  warnings: string[];
}

/** Number of earlier benchmarks to read. */
const RECENT = 5;
/** Time to fork the host, load the program and read the sources, for each sample. */
const HOST_START_MS = 400;

export async function planOfRequest(
  em: SqlEntityManager,
  userId: string,
  request: RunBenchmark,
  checked: CheckedBenchmark,
  environment: BenchmarkEnvironment,
): Promise<PlannedBenchmark> {
  const cells = cellsOf(checked.lists, request.workload);
  const known = await comparableSamples(em, userId, request, checked, environment);
  const times = cells.map((cell) => sampleMs(cell, known, environment.availableParallelism));
  const estimated = times.every((ms) => ms !== null)
    ? (request.repetitions * times.reduce((sum, ms) => sum + ms, 0)) / 1000
    : null;
  return {
    totalCells: cells.length,
    totalSamples: cells.length * request.repetitions,
    estimatedSeconds: estimated,
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

async function comparableSamples(
  em: SqlEntityManager,
  userId: string,
  { workload }: RunBenchmark,
  { operations, task }: CheckedBenchmark,
  environment: BenchmarkEnvironment,
): Promise<BenchmarkSample[]> {
  const recent = await em.find(
    Benchmark,
    { owner: userId, workload, task, importedFacts: null, sampleCount: { $gt: 0 } },
    { orderBy: { createdAt: 'desc' }, limit: RECENT },
  );
  const comparable = recent.filter(
    (benchmark) =>
      machineDifferences(benchmark.environment, environment).length === 0 &&
      JSON.stringify(benchmark.operations) === JSON.stringify(operations),
  );
  return (await Promise.all(comparable.map(({ id }) => samplesOf(em, id)))).flat();
}

/** Time of one sample: that of the same cell if it was measured, else scaled from other cells of the same engine. */
function sampleMs(cell: Cell, known: readonly BenchmarkSample[], processors: number): number | null {
  const same = known.filter(
    (sample) => cellKey({ ...sample, imageCount: cell.imageCount }) === cellKey(cell),
  );
  if (same.length > 0) {
    return HOST_START_MS + median(same.map((sample) => totalMs(sample, cell.imageCount)));
  }
  const ofEngine = known.filter(({ engine, sweep }) => engine === cell.engine && !sweep);
  if (ofEngine.length === 0) return null;
  const computeMs = median(ofEngine.map((sample) => sample.computeMs / sample.imageCount));
  const startupMs = median(ofEngine.map((sample) => sample.startupMs));
  const lanes =
    cell.model === 'THREADS_LOCKED' ? 1 : Math.min(computingAtOnce(cell), processors, cell.imageCount);
  return HOST_START_MS + startupMs + (computeMs * cell.imageCount) / lanes;
}

const totalMs = ({ wallMs, startupMs, dispatchMs, imageCount }: BenchmarkSample, tasks: number): number =>
  startupMs + dispatchMs + (wallMs * tasks) / imageCount;
