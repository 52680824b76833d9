import { createHash } from 'node:crypto';
import { fromErrorData } from '../../errors.js';
import type { Executor, Task, TaskOutcome, TaskResult } from '../../execution/executor.js';
import { computingAtOnce } from '../cell.js';
import type { Measurement } from '../sample.js';

export type MeterFigures = Pick<
  Measurement,
  'cpuMs' | 'cpuPerCoreMs' | 'peakRssBytes' | 'eventLoopDelayP99Ms' | 'eventLoopUtilization' | 'otherCpuShare'
>;

/** Measures what the process uses between `begin` and `end`. */
export interface Meters {
  begin(): Promise<void>;
  end(): Promise<MeterFigures>;
}

type DoneOutcome = Extract<TaskOutcome, { status: 'DONE' }>;

/**
 * Measures one timed run of the tasks on an executor that has not been started: start, warm up, see what the
 * dispatch of nothing costs, run. The executor is stopped in any case.
 *
 * @param now milliseconds on a monotonic clock
 * @throws AppError a task's own error, as a batch with a failed task is no measurement.
 */
export async function measureSample(
  executor: Executor,
  tasks: readonly Task[],
  meters: Meters,
  now: () => number = () => performance.now(),
): Promise<Measurement> {
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
    const { wallMs, outcomes } = await timed(tasks);
    const figures = await meters.end();
    return {
      ...figures,
      wallMs,
      startupMs: startupMs + warmUp.wallMs,
      computeMs: total(outcomes, ({ computeMs }) => computeMs),
      lockWaitMs: total(outcomes, ({ lockWaitMs }) => lockWaitMs),
      waitMs: total(outcomes, ({ waitMs }) => waitMs),
      dispatchMs: dispatch.wallMs,
      outputDigest: digest(outcomes.map(({ result }) => result)),
    };
  } finally {
    await executor.stop();
  }
}

/** Two tasks for each that can compute at a time, so that every thread has loaded and compiled what it needs. */
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
    hash.update(result.kind === 'IMAGE' ? result.bytes : JSON.stringify(result));
  }
  return hash.digest('hex');
}
