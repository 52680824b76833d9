import { AppError } from '../../errors.js';
import { askChild } from '../../execution/child/ask-child.js';
import type { UserTaskHashes } from '../sample.js';
import { lostUserTask, TASK_ENVIRONMENT } from './host.sample-runner.js';
import { USER_TASK_TIMEOUT_MS } from './task-watch.js';

/** The times of a short trial of a task module. */
export interface TrialTimes {
  inputs: number;
  /** Mean time of one task, in milliseconds, over the inputs that a second was enough for. */
  taskMs: number;
  /** Time to start a process that measures, to load the module in it and to end it, in milliseconds. */
  startMs: number;
}

/** What a short trial of a task module shows. */
export interface TaskProbe extends TrialTimes {
  /** Of all inputs, and of the results of those that were tried, in their order. */
  hashes: UserTaskHashes;
}

/** Answer of the process that tries a task. */
export interface TriedTask extends Omit<TaskProbe, 'startMs'> {
  /** Time of all tasks that it ran, in milliseconds. */
  computeMs: number;
}

export interface ProbeRequest {
  name: string;
  module: string;
}

const TASK_PROBE = new URL('./task-probe.js', import.meta.url);

/** Loads a task module in a process of its own and runs it on its first inputs. @throws AppError as a benchmark of it */
export async function probeTask(request: ProbeRequest, signal?: AbortSignal): Promise<TaskProbe> {
  const begin = performance.now();
  const { computeMs, ...tried } = await askChild<TriedTask>(TASK_PROBE, request, {
    name: 'trial of the task',
    signal,
    timeoutMs: 3 * USER_TASK_TIMEOUT_MS,
    environment: TASK_ENVIRONMENT,
    onLost: (said, how): AppError => lostUserTask(request.name, 'SYNC', said, how),
  });
  return { ...tried, startMs: performance.now() - begin - computeMs };
}
