import {
  type ComparisonRow,
  type ComparisonVerdict,
  compareBenchmarks,
} from '../../src/benchmark/analysis/comparison/comparison.js';
import type { Cell } from '../../src/benchmark/cell.js';
import { ADAPTIVE_REPETITIONS, type BenchmarkPlan, planBenchmark } from '../../src/benchmark/plan.js';
import { runPlan } from '../../src/benchmark/run.js';
import type { BenchmarkSample } from '../../src/benchmark/sample.js';
import { CONCURRENCY_MODELS } from '../../src/execution/model.js';
import { KeptBenchmarks } from './kept.js';

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

/**
 * Measures a baseline, candidates of equal work, and candidates with 5 % more work, one benchmark after another, and
 * counts the verdicts of their comparison.
 *
 * @param count candidates of each kind; with ten cells, ten of them give 100 rows
 */
export async function trial(
  measure: Measure,
  report: (line: string) => void,
  count = 10,
  kept = new KeptBenchmarks(),
): Promise<TrialResult> {
  const run = (name: string, workFactor: number, seed: number) =>
    kept.measured(name, () => benchmark(measure, workFactor, seed));
  const baseline = await run('baseline', 1, 0);
  const candidates: Record<'equal' | 'slower', BenchmarkSample[][]> = { equal: [], slower: [] };
  for (let index = 1; index <= count; index++) {
    candidates.equal.push(await run(`equal ${index}`, 1, 2 * index));
    candidates.slower.push(await run(`slower ${index}`, WORK_FACTOR, 2 * index + 1));
    report(`${index} of ${count} pairs of benchmarks are measured`);
  }
  const counts = (of: readonly BenchmarkSample[][]) =>
    countVerdicts(
      compareBenchmarks(
        { id: 'baseline', samples: baseline },
        of.map((samples, index) => ({ id: `candidate ${index}`, samples })),
      ),
    );
  const all = [baseline, ...candidates.equal, ...candidates.slower];
  const samples = all.reduce((sum, { length }) => sum + length, 0);
  return {
    equal: counts(candidates.equal),
    slower: counts(candidates.slower),
    samplesPerCell: samples / (all.length * planOf(0).cells.length),
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

async function benchmark(measure: Measure, workFactor: number, seed: number): Promise<BenchmarkSample[]> {
  const samples: BenchmarkSample[] = [];
  await runPlan(
    planOf(seed),
    {
      measure: async (cell) => {
        const { wallMs, otherCpuShare } = await measure(cell, workFactor);
        return { ...NO_FIGURES, wallMs, otherCpuShare };
      },
    },
    {
      onSample({ cell, repetition, measurement: { trace: _trace, ...figures } }) {
        samples.push({ ...cell, ...figures, repetition });
      },
    },
  );
  return samples;
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
