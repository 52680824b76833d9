import { AppError } from '../errors.js';
import { cancelled } from '../execution/workers/worker-lost.js';
import type { Cell } from './cell.js';
import { type BenchmarkPlan, remainingSamples } from './plan.js';
import type { BenchmarkSample, Measurement } from './sample.js';
import type { SampleRunner } from './sample-runner.js';

export interface RunOptions {
  /** Samples of an earlier run of the same plan, which are not measured again. */
  measured?: readonly BenchmarkSample[];
  /** Stores a sample; the next one is measured when this has settled. */
  onSample: (sample: BenchmarkSample) => void | Promise<void>;
  /** Aborting stops also in the middle of a sample; the run then fails with CANCELLED. */
  signal?: AbortSignal;
}

/** A sample whose process was lost is measured again this many times before the benchmark fails. */
const MAX_ATTEMPTS = 3;

/** Measures what is left of a plan, one sample at a time and in the plan's order. */
export async function runPlan(plan: BenchmarkPlan, runner: SampleRunner, options: RunOptions): Promise<void> {
  for (const { cell, repetition } of remainingSamples(plan, options.measured ?? [])) {
    const measurement = await measureWithRetry(runner, cell, options.signal);
    await options.onSample({ ...measurement, ...cell, repetition });
  }
}

async function measureWithRetry(
  runner: SampleRunner,
  cell: Cell,
  signal?: AbortSignal,
): Promise<Measurement> {
  for (let attempt = 1; ; attempt++) {
    if (signal?.aborted) throw cancelled('The benchmark was cancelled');
    try {
      return await runner.measure(cell, { signal });
    } catch (error) {
      const retryable = error instanceof AppError && error.details.retryable === true;
      if (!retryable || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}
