import { answerParent, PARENT_PID } from '../../execution/child/answer-parent.js';
import type { Task } from '../../execution/executor.js';
import { MODELS } from '../../execution/model.js';
import { createExecutor } from '../../execution/models/create-executor.js';
import type { Cell } from '../cell.js';
import type { TracedMeasurement } from '../sample.js';
import type { BenchmarkWork } from '../sample-runner.js';
import { chunked } from './chunks.js';
import { type MeasuredBatch, measureSample } from './measure.js';
import { HostMeters } from './meters/host-meters.js';
import { USER_TASK_TIMEOUT_MS, userTaskMemoryBytes, watchUserTasks } from './task-watch.js';
import { tasksOf } from './tasks.js';
import { UserTasks } from './user-tasks.js';

/** The process that measures one sample. */

export interface HostRequest {
  cell: Cell;
  work: BenchmarkWork;
}

answerParent(async ({ cell, work }: HostRequest): Promise<TracedMeasurement> => {
  if (work.workload === 'TASK') return measureUserTask(cell, work);
  const executor = createExecutor(cell.model, {
    workers: cell.workers,
    preload: cell.engine ? [cell.engine] : [],
  });
  const tasks = await tasksOf(cell, work);
  return withoutResults(await measureSample(executor, sent(cell, tasks), new HostMeters(PARENT_PID)));
});

async function measureUserTask(
  cell: Cell,
  work: Extract<BenchmarkWork, { workload: 'TASK' }>,
): Promise<TracedMeasurement> {
  const { timeoutMs = USER_TASK_TIMEOUT_MS, memoryBytes = userTaskMemoryBytes() } = work;
  // Each process of a pool has the limit for itself.
  const hosts = cell.model === 'PROCESSES' ? cell.workers + 1 : 1;
  const watcher = watchUserTasks(timeoutMs, hosts * memoryBytes);
  const limitMb = Math.floor(memoryBytes / 2 ** 20);
  const executor = createExecutor(cell.model, {
    workers: cell.workers,
    taskTimeoutMs: timeoutMs,
    heapLimitMb: limitMb,
    memoryLimitMb: limitMb,
  });
  const user = await UserTasks.load(cell, work);
  const meters = new HostMeters(PARENT_PID);
  const failure = user.failure.bind(user);
  const measured = await measureSample(executor, sent(cell, user.tasks()), meters, undefined, failure);
  const userTask = user.hashes(measured.results);
  await watcher.terminate();
  return { ...withoutResults(measured), userTask };
}

/** The tasks as they are sent: with a sweep over CHUNK_SIZE, several in a message. */
function sent({ sweep, model }: Cell, tasks: Task[]): Task[] {
  return chunked(tasks, sweep?.axis === 'CHUNK_SIZE' && MODELS[model].startsWorkers ? sweep.value : 1);
}

function withoutResults({ results: _results, ...measurement }: MeasuredBatch): TracedMeasurement {
  return measurement;
}
