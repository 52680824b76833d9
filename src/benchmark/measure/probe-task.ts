import { AppError } from '../../errors.js';
import { askChild } from '../../execution/child/ask-child.js';
import { lostUserTask, TASK_ENVIRONMENT } from './host.sample-runner.js';
import { USER_TASK_TIMEOUT_MS } from './task-watch.js';

/** What a short trial of a task module shows. */
export interface TaskProbe {
  inputs: number;
  /** Mean time of one task, in milliseconds, over the inputs that a second was enough for. */
  taskMs: number;
}

export interface ProbeRequest {
  name: string;
  module: string;
}

const TASK_PROBE = new URL('./task-probe.js', import.meta.url);

/** Loads a task module in a process of its own and runs it on its first inputs. @throws AppError as a benchmark of it */
export function probeTask(request: ProbeRequest, signal?: AbortSignal): Promise<TaskProbe> {
  return askChild(TASK_PROBE, request, {
    name: 'trial of the task',
    signal,
    timeoutMs: 3 * USER_TASK_TIMEOUT_MS,
    environment: TASK_ENVIRONMENT,
    onLost: (said, how): AppError => lostUserTask(request.name, 'SYNC', said, how),
  });
}
