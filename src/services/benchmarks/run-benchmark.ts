import type { SqlEntityManager } from '@mikro-orm/sql';
import { benchmarkEnvironment } from '../../benchmark/environment.js';
import { DeadlineClock } from '../../benchmark/repetition-clock.js';
import { runPlan } from '../../benchmark/run.js';
import type { BenchmarkWork, SampleRunner } from '../../benchmark/sample-runner.js';
import { Benchmark } from '../../entities/benchmarks/benchmark.entity.js';
import { toErrorData } from '../../errors.js';
import type { Progress } from '../../progress/progress.js';
import { databaseUnavailable } from '../shared/database-unavailable.js';
import { prepareWork, type SourcesDependencies } from './benchmark-sources.js';
import { SampleRecorder } from './sample-recorder.js';
import { planOf } from './stored-samples.js';
import type { HeldTurn } from './turns/held-turn.js';

export interface BenchmarkRunDependencies extends SourcesDependencies {
  fork(): SqlEntityManager;
  progress: Progress;
  appVersion: string;
  /** Creates the runner that measures the samples of a benchmark. */
  sampleRunner(work: BenchmarkWork): SampleRunner;
  onError(error: unknown): void;
}

/**
 * Measures the remaining samples of a benchmark whose lease this process holds, and ends it. Between repetitions it
 * passes its turn on. When `closing` aborts, it stays RUNNING and can be resumed; when it was cancelled, deleted or
 * claimed by another process, its row is not touched. Rejects if the database is unavailable; the benchmark can be resumed
 * then too.
 */
export async function runBenchmark(
  { id, lease }: { id: string; lease: string },
  deps: BenchmarkRunDependencies,
  turn: HeldTurn,
  closing: AbortSignal,
): Promise<void> {
  const benchmark = await deps.fork().findOne(Benchmark, { id, lease });
  if (benchmark === null) return;
  const recorder = new SampleRecorder(benchmark, lease, deps);
  const watch = recorder.watch();
  const signal = AbortSignal.any([closing, watch.lost]);
  try {
    const measured = await recorder.begin(benchmarkEnvironment(deps.appVersion));
    const prepared = await prepareWork(benchmark, lease, deps.fork(), deps, signal);
    try {
      const runner = deps.sampleRunner(prepared.work);
      await runPlan(planOf(benchmark), runner, {
        measured,
        signal,
        clock: new DeadlineClock(() => recorder.deadline),
        between: async () => recorder.waited(await turn.pass(signal, () => recorder.waits())),
        onStart: (cell) => recorder.measuring(cell),
        onSample: (sample, next) => recorder.record(sample, next),
      });
    } finally {
      await prepared.clear();
    }
    await recorder.complete();
  } catch (error) {
    if (watch.lost.aborted) return;
    if (closing.aborted) return await recorder.release();
    if (databaseUnavailable(error)) {
      // If that fails too, the lease expires.
      await recorder.release().catch(() => undefined);
      throw error;
    }
    const { code, message, cause } = toErrorData(error);
    if (cause !== undefined) deps.onError(error);
    await recorder.fail({ code, message });
  } finally {
    await watch.stop();
  }
}
