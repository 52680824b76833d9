import {
  type ComparisonRow,
  type ComparisonVerdict,
  compareBenchmarks,
} from '../../src/benchmark/analysis/comparison/comparison.js';
import type { Cell } from '../../src/benchmark/cell.js';
import { ADAPTIVE_REPETITIONS, type BenchmarkPlan, planBenchmark } from '../../src/benchmark/plan.js';
import { runPlan } from '../../src/benchmark/run.js';
import type { BenchmarkSample } from '../../src/benchmark/sample.js';
import type { SampleRunner } from '../../src/benchmark/sample-runner.js';
import { CONCURRENCY_MODELS } from '../../src/execution/model.js';
import { KeptSamples } from './kept-samples.js';
import type { Run, Schedule } from './schedule.js';

/** Measures one sample of a cell whose work is multiplied by a factor; 1.05 is 5 % more work. */
export type Measure = (
  cell: Cell,
  workFactor: number,
) => Promise<Pick<BenchmarkSample, 'wallMs' | 'otherCpuShare'>>;

/** Tasks of one batch; 5 % more are two more, one for each of two workers. */
export const TASKS = 40;
/** The difference that has to be found. */
export const WORK_FACTOR = 1.05;
/** Widest interval at which a cell gets no more samples, in percent of its median. */
export const UNTIL_PERCENT = 2;

/** Benchmarks of equal work: each two of them are compared, which gives 100 rows of ten cells. */
const EQUAL = 5;
/** Benchmarks with more work: each is compared with each of equal work, which gives 100 rows too. */
const SLOWER = 2;

/** Rows by their verdict. */
export interface VerdictCounts extends Record<ComparisonVerdict, number> {
  /** Those of the INCONCLUSIVE ones whose times differ, which other programs can explain. */
  doubted: number;
}

export interface TrialResult {
  equal: VerdictCounts;
  /** Candidates with 5 % more work: SLOWER is right. */
  slower: VerdictCounts;
  samplesPerCell: number;
}

/** Measures benchmarks of equal work and with 5 % more work, and counts the verdicts of their comparisons. */
export async function trial(
  measure: Measure,
  schedule: Schedule,
  report: (line: string) => void = () => undefined,
  kept = new KeptSamples(),
): Promise<TrialResult> {
  const equal = Array.from({ length: EQUAL }, (_, index) => ({
    name: `equal ${index}`,
    workFactor: 1,
    place: index,
  }));
  const slower = Array.from({ length: SLOWER }, (_, index) => ({
    name: `slower ${index}`,
    workFactor: WORK_FACTOR,
    place: EQUAL + index,
  }));
  const all = [...equal, ...slower];
  let samples = 0;
  await schedule.measure(
    all.map(
      ({ name, workFactor, place: seed }): Run =>
        (between) =>
          benchmark(measure, workFactor, seed, between, kept.of(name), (sample) => {
            kept.add(name, sample);
            report(`${++samples} samples`);
          }),
    ),
  );
  const pairs = equal.flatMap((before, index) =>
    equal.slice(index + 1).map((after) => [before, after] as const),
  );
  const mixed = slower.flatMap((after) => equal.map((before) => [before, after] as const));
  const compared = ({ name: id, place }: { name: string; place: number }) => ({
    id,
    samples: kept.of(id),
    times: schedule.timesOf(place),
  });
  const rows = (of: typeof pairs) =>
    of.flatMap(([before, after]) => compareBenchmarks(compared(before), [compared(after)]));
  const total = all.reduce((sum, { name }) => sum + kept.of(name).length, 0);
  return {
    equal: countVerdicts(rows(pairs)),
    slower: countVerdicts(rows(mixed)),
    samplesPerCell: total / (all.length * planOf(0).cells.length),
  };
}

/** Five models with one and with two workers. */
const planOf = (seed: number): BenchmarkPlan =>
  planBenchmark({
    lists: { models: CONCURRENCY_MODELS, engines: [], imageCounts: [TASKS], workerCounts: [1, 2] },
    workload: 'FIBONACCI',
    repetitions: ADAPTIVE_REPETITIONS,
    untilPercent: UNTIL_PERCENT,
    seed,
  });

async function benchmark(
  measure: Measure,
  workFactor: number,
  seed: number,
  between: () => Promise<void>,
  measured: readonly BenchmarkSample[],
  onSample: (sample: BenchmarkSample) => void,
): Promise<void> {
  const runner: SampleRunner = {
    measure: async (cell) => {
      const { wallMs, otherCpuShare } = await measure(cell, workFactor);
      return { ...NO_FIGURES, wallMs, otherCpuShare };
    },
  };
  await runPlan(planOf(seed), runner, {
    measured: [...measured],
    between,
    onSample({ cell, repetition, measurement: { trace: _trace, ...figures } }) {
      onSample({ ...cell, ...figures, repetition });
    },
  });
}

/** A comparison reads wall times, shares of other programs and digests alone. */
const NO_FIGURES = {
  startupMs: 0,
  computeMs: 0,
  lockWaitMs: 0,
  waitMs: 0,
  dispatchMs: 0,
  cpuMs: 0,
  cpuPerCoreMs: [],
  peakRssBytes: 0,
  eventLoopDelayP99Ms: 0,
  eventLoopUtilization: 0,
  outputDigest: 'equal',
  trace: { timeline: [], eventLoopDelaysMs: [] },
};

function countVerdicts(rows: readonly ComparisonRow[]): VerdictCounts {
  const counts = { INDISTINGUISHABLE: 0, INCONCLUSIVE: 0, FASTER: 0, SLOWER: 0, doubted: 0 };
  for (const { verdict, doubt } of rows) {
    counts[verdict]++;
    if (doubt) counts.doubted++;
  }
  return counts;
}
