import { createHash } from 'node:crypto';
import { type AppError, type ErrorData, fromErrorData, toErrorData } from '../../errors.js';
import type { Executor, Task, TaskResult } from '../../execution/executor.js';
import { valueHash } from '../../execution/tasks/value-hash.js';
import { computingAtOnce } from '../cell.js';
import type { Measurement, TracedMeasurement } from '../sample.js';
import { unchunked } from './chunks.js';
import type { DoneOutcome } from './done-outcome.js';
import { timelineOf } from './timeline.js';

export type MeterFigures = Pick<
  Measurement,
  | 'cpuMs'
  | 'cpuPerCoreMs'
  | 'peakRssBytes'
  | 'eventLoopDelayP99Ms'
  | 'eventLoopUtilization'
  | 'otherCpuShare'
  | 'throttledMs'
> & { eventLoopDelaysMs: number[] };

/** Measures resource usage between `begin` and `end`. */
export interface Meters {
  begin(): Promise<void>;
  end(): Promise<MeterFigures>;
}

/** A measurement with what the tasks returned. */
export interface MeasuredBatch extends TracedMeasurement {
  results: TaskResult[];
}

/**
 * Measures one timed run of the tasks on an executor that has not been started: start, warm up, run empty tasks, run
 * the tasks. The executor is stopped in any case.
 *
 * @param tasks may be chunks of tasks
 * @param now milliseconds on a monotonic clock
 * @param failure makes the error of a task that failed
 * @throws AppError the error of a task: a batch with a failed task is not a measurement
 */
export async function measureSample(
  executor: Executor,
  tasks: readonly Task[],
  meters: Meters,
  now: () => number = () => performance.now(),
  failure: (error: ErrorData, task: Task | undefined) => AppError = fromErrorData,
): Promise<MeasuredBatch> {
  const timed = (batch: readonly Task[]) => timedBatch(executor, batch, now, failure);
  try {
    const { startupMs } = await executor.start();
    const warmUp = await timed(tasksForWarmUp(tasks, executor));
    const dispatch = await timed(tasks.map((): Task => ({ kind: 'EMPTY' })));
    await meters.begin();
    const run = await timed(tasks);
    const { eventLoopDelaysMs, ...figures } = await meters.end();
    const outcomes = run.outcomes.flatMap(unchunked);
    const results = outcomes.map(({ result }) => result);
    return {
      ...figures,
      results,
      wallMs: run.wallMs,
      startupMs: startupMs + warmUp.wallMs,
      computeMs: total(outcomes, ({ computeMs }) => computeMs),
      lockWaitMs: total(outcomes, ({ lockWaitMs }) => lockWaitMs),
      waitMs: total(outcomes, ({ waitMs }) => waitMs),
      dispatchMs: dispatch.wallMs,
      outputDigest: digest(results, (error, index) => failure(toErrorData(error), tasks[index])),
      trace: { timeline: timelineOf(outcomes), eventLoopDelaysMs },
    };
  } finally {
    await executor.stop();
  }
}

/** Runs tasks at once; throws the error of the first one that failed. */
async function timedBatch(
  executor: Executor,
  batch: readonly Task[],
  now: () => number,
  failure: (error: ErrorData, task: Task | undefined) => AppError,
): Promise<{ wallMs: number; outcomes: DoneOutcome[] }> {
  const start = now();
  const outcomes = await executor.run(batch);
  const wallMs = now() - start;
  return {
    wallMs,
    outcomes: outcomes.map((outcome, index) => {
      if (outcome.status === 'FAILED') throw failure(outcome.error, batch[index]);
      return outcome;
    }),
  };
}

/** Two tasks for each thread that computes, so that every thread has loaded and compiled its code. */
function tasksForWarmUp(tasks: readonly Task[], { model, workers }: Executor): Task[] {
  const [first] = tasks;
  const engine = first?.kind === 'IMAGE' ? first.engine : null;
  const lanes = Math.min(computingAtOnce({ model, engine, workers }), tasks.length);
  return Array.from({ length: 2 * lanes }, (_, index) => tasks[index % tasks.length]).filter(
    (task) => task !== undefined,
  );
}

const total = (outcomes: readonly DoneOutcome[], part: (outcome: DoneOutcome) => number): number =>
  outcomes.reduce((sum, outcome) => sum + part(outcome), 0);

function digest(
  results: readonly TaskResult[],
  failure: (error: unknown, index: number) => AppError,
): string {
  const hash = createHash('sha256');
  for (const [index, result] of results.entries()) {
    if (result.kind === 'IMAGE') hash.update(result.bytes);
    else if (result.kind === 'FIBONACCI') hash.update(`${result.value};`).update(result.bytes ?? '');
    else if (result.kind === 'USER') {
      try {
        hash.update(valueHash(result.value));
      } catch (error) {
        throw failure(error, index);
      }
    } else hash.update(JSON.stringify(result));
  }
  return hash.digest('hex');
}
