import { createHash } from 'node:crypto';
import { fromErrorData } from '../../errors.js';
import type { Executor, Task, TaskOutcome, TaskResult } from '../../execution/executor.js';
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

/** Measures what the process uses between `begin` and `end`. */
export interface Meters {
  begin(): Promise<void>;
  end(): Promise<MeterFigures>;
}

/**
 * Measures one timed run of the tasks on an executor that has not been started: start, warm up, run empty tasks, run the
 * tasks. The executor is stopped in any case.
 *
 * @param tasks may be chunks of tasks
 * @param now milliseconds on a monotonic clock
 * @throws AppError the error of a task: a batch with a failed task is no measurement
 */
export async function measureSample(
  executor: Executor,
  tasks: readonly Task[],
  meters: Meters,
  now: () => number = () => performance.now(),
): Promise<TracedMeasurement> {
  const timed = async (batch: readonly Task[]) => {
    const start = now();
    const outcomes = await executor.run(batch);
    return { wallMs: now() - start, outcomes: outcomes.map(done) };
  };
  try {
    const { startupMs } = await executor.start();
    const warmUp = await timed(tasksForWarmUp(tasks, executor));
    const dispatch = await timed(tasks.map((): Task => ({ kind: 'EMPTY' })));
    await meters.begin();
    const run = await timed(tasks);
    const { eventLoopDelaysMs, ...figures } = await meters.end();
    const outcomes = run.outcomes.flatMap(unchunked);
    return {
      ...figures,
      wallMs: run.wallMs,
      startupMs: startupMs + warmUp.wallMs,
      computeMs: total(outcomes, ({ computeMs }) => computeMs),
      lockWaitMs: total(outcomes, ({ lockWaitMs }) => lockWaitMs),
      waitMs: total(outcomes, ({ waitMs }) => waitMs),
      dispatchMs: dispatch.wallMs,
      outputDigest: digest(outcomes.map(({ result }) => result)),
      trace: { timeline: timelineOf(outcomes), eventLoopDelaysMs },
    };
  } finally {
    await executor.stop();
  }
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

function done(outcome: TaskOutcome): DoneOutcome {
  if (outcome.status === 'FAILED') throw fromErrorData(outcome.error);
  return outcome;
}

const total = (outcomes: readonly DoneOutcome[], part: (outcome: DoneOutcome) => number): number =>
  outcomes.reduce((sum, outcome) => sum + part(outcome), 0);

function digest(results: readonly TaskResult[]): string {
  const hash = createHash('sha256');
  for (const result of results) {
    if (result.kind === 'IMAGE') hash.update(result.bytes);
    else if (result.kind === 'FIBONACCI') hash.update(`${result.value};`).update(result.bytes ?? '');
    else hash.update(JSON.stringify(result));
  }
  return hash.digest('hex');
}
