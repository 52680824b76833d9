import type { Cell } from '../cell.js';
import type { BenchmarkSample } from '../sample.js';
import { type BenchmarkCell, summariseCells } from './cell-summary.js';
import { type ComparedBenchmark, type ComparisonRow, compareBenchmarks } from './comparison.js';
import { computeInThread } from './computing-thread.js';

export type AnalysisRequest =
  | { kind: 'CELLS'; cells: readonly Cell[]; samples: readonly BenchmarkSample[]; processors: number }
  | { kind: 'COMPARISON'; baseline: ComparedBenchmark; candidates: readonly ComparedBenchmark[] };

const ANALYSIS_THREAD = new URL('./analysis-thread.js', import.meta.url);
/** Bootstrapping so many takes less time than a thread takes to start. */
const FEW_SAMPLES = 100;

/** As {@link summariseCells}; in a thread where that takes longer than a loop may be held up. */
export async function analyseCells(
  owner: string,
  cells: readonly Cell[],
  samples: readonly BenchmarkSample[],
  processors: number,
): Promise<BenchmarkCell[]> {
  if (samples.length <= FEW_SAMPLES) return summariseCells(cells, samples, processors);
  const request: AnalysisRequest = { kind: 'CELLS', cells, samples, processors };
  return computeInThread(owner, ANALYSIS_THREAD, request);
}

/** As {@link compareBenchmarks}; in a thread where that takes longer than a loop may be held up. */
export async function analyseComparison(
  owner: string,
  baseline: ComparedBenchmark,
  candidates: readonly ComparedBenchmark[],
): Promise<ComparisonRow[]> {
  const all = [baseline, ...candidates];
  const count = all.reduce((sum, { samples }) => sum + samples.length, 0);
  if (count <= FEW_SAMPLES) return compareBenchmarks(baseline, candidates);
  const [first, ...others] = all.map(({ id, samples }) => ({ id, samples: samples.map(compared) }));
  const request = { kind: 'COMPARISON', baseline: first, candidates: others };
  return computeInThread(owner, ANALYSIS_THREAD, request);
}

/** What a comparison looks at: copying the rest into the thread would take longer than comparing. */
function compared({
  model,
  engine,
  imageCount,
  workers,
  wallMs,
  outputDigest,
}: ComparedBenchmark['samples'][number]) {
  return { model, engine, imageCount, workers, wallMs, outputDigest };
}
