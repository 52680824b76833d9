import type { BenchmarkSample } from '../sample.js';
import { type AnalysedRun, type Analysis, analyse } from './analyse.js';
import { type ComparedBenchmark, type ComparisonRow, compareBenchmarks } from './comparison/comparison.js';
import { computeInThread } from './computing-thread.js';

export type AnalysisRequest =
  | { kind: 'ANALYSIS'; run: AnalysedRun }
  | { kind: 'COMPARISON'; baseline: ComparedBenchmark; candidates: readonly ComparedBenchmark[] };

const ANALYSIS_THREAD = new URL('./analysis-thread.js', import.meta.url);
/** Up to this number of samples an analysis takes less time than a thread takes to start. */
const FEW_SAMPLES = 100;

/** Like {@link analyse}; runs in a thread if it would block the event loop for too long. */
export async function analyseRun(owner: string, run: AnalysedRun): Promise<Analysis> {
  if (run.samples.length <= FEW_SAMPLES) return analyse(run);
  return computeInThread(owner, ANALYSIS_THREAD, { kind: 'ANALYSIS', run } satisfies AnalysisRequest);
}

/** Like {@link compareBenchmarks}; runs in a thread if it would block the event loop for too long. */
export async function analyseComparison(
  owner: string,
  baseline: ComparedBenchmark,
  candidates: readonly ComparedBenchmark[],
): Promise<ComparisonRow[]> {
  const all = [baseline, ...candidates];
  const count = all.reduce((sum, { samples }) => sum + samples.length, 0);
  if (count <= FEW_SAMPLES) return compareBenchmarks(baseline, candidates);
  const slim = ({ id, samples, otherRuntime, times }: ComparedBenchmark): ComparedBenchmark => ({
    id,
    ...(otherRuntime && { otherRuntime }),
    ...(times && { times }),
    samples: samples.map(comparedPart),
  });
  return computeInThread(owner, ANALYSIS_THREAD, {
    kind: 'COMPARISON',
    baseline: slim(baseline),
    candidates: candidates.map(slim),
  } satisfies AnalysisRequest);
}

/** The fields that a comparison reads: copying the others into the thread would take longer than comparing. */
function comparedPart({
  model,
  engine,
  imageCount,
  workers,
  sweep,
  repetition,
  wallMs,
  otherCpuShare,
  outputDigest,
}: ComparedBenchmark['samples'][number]) {
  return {
    model,
    engine,
    imageCount,
    workers,
    sweep,
    repetition,
    wallMs,
    otherCpuShare,
    outputDigest,
  } satisfies Partial<BenchmarkSample>;
}
