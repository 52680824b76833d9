import { AppError } from '../errors.js';
import { cancelled } from '../execution/workers/worker-lost.js';
import { type Cell, toCell } from './cell.js';
import { type BenchmarkPlan, block, type PlacedSample, type PlannedSample, remaining } from './plan.js';
import type { RepetitionClock } from './repetition-clock.js';
import type { TracedMeasurement } from './sample.js';
import type { SampleRunner } from './sample-runner.js';

/** A sample that has just been measured. */
export interface TracedSample extends PlannedSample {
  measurement: TracedMeasurement;
}

export interface RunOptions {
  /** Samples of an earlier run of the same plan, which are not measured again. */
  measured?: readonly PlacedSample[];
  /** Called between two repetitions that are measured; their clock stands still meanwhile. */
  between?: () => Promise<void>;
  /** Called before a sample is measured. */
  onStart?: (cell: Cell) => void | Promise<void>;
  /** Stores a sample; the next one is measured after this has settled. `next`: its cell, null after the last. */
  onSample: (sample: TracedSample, next: Cell | null) => void | Promise<void>;
  /** Decides after each repetition whether another one is begun. Default: always. */
  clock?: RepetitionClock;
  /** Aborting stops even in the middle of a sample; the run then fails with CANCELLED. */
  signal?: AbortSignal;
}

/** Attempts at a sample whose process was lost, before the benchmark fails. */
const MAX_ATTEMPTS = 3;

/** Measures what is left of a plan, one sample at a time, in the order of the plan. */
export async function runPlan(plan: BenchmarkPlan, runner: SampleRunner, options: RunOptions): Promise<void> {
  const measured: PlacedSample[] = [...(options.measured ?? [])];
  const { clock } = options;
  const mayRepeat = () => clock?.allowsAnother() ?? true;
  for (let repetition = 0, begun = false; ; repetition++) {
    const planned = block(plan, repetition, measured);
    if (planned.length === 0) return;
    const left = remaining(planned, measured);
    const isBegun = left.length < planned.length;
    if (repetition > 0 && !isBegun && !mayRepeat()) return;
    if (left.length === 0) continue;
    if (begun) await options.between?.();
    begun = true;
    clock?.begin();
    for (const [index, { cell }] of left.entries()) {
      await options.onStart?.(cell);
      const measurement = await measureWithRetry(runner, cell, options.signal);
      measured.push({ ...toCell(cell), repetition, wallMs: measurement.wallMs });
      const isLast = index === left.length - 1;
      if (isLast) clock?.end();
      const following = isLast && mayRepeat() ? block(plan, repetition + 1, measured) : [];
      const next = left[index + 1] ?? following[0];
      await options.onSample({ measurement, cell, repetition }, next?.cell ?? null);
    }
  }
}

async function measureWithRetry(
  runner: SampleRunner,
  cell: Cell,
  signal?: AbortSignal,
): Promise<TracedMeasurement> {
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
