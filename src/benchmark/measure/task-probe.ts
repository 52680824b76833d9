import { sum } from 'simple-statistics';
import { answerParent } from '../../execution/child/answer-parent.js';
import { runTask } from '../../execution/workers/run-task.js';
import type { ProbeRequest, TriedTask } from './probe-task.js';
import { USER_TASK_TIMEOUT_MS, userTaskMemoryBytes, watchUserTasks } from './task-watch.js';
import { UserTasks } from './user-tasks.js';

/** The process that tries a task module. */

const ENOUGH_MS = 1_000;

answerParent(async ({ name, module }: ProbeRequest): Promise<TriedTask> => {
  const watcher = watchUserTasks(USER_TASK_TIMEOUT_MS, userTaskMemoryBytes());
  const cell = { model: 'SYNC', engine: null, imageCount: 1, workers: 1 } as const;
  const user = await UserTasks.load(cell, { workload: 'TASK', name, module });
  const begin = performance.now();
  const [first, ...others] = user.tasks(user.size);
  // The first loads code and compiles it: its time counts only where there is no other.
  let all = await tried(first ? [first] : [], user, begin);
  let times = all;
  if (performance.now() - begin < ENOUGH_MS) {
    const more = await tried([...others, ...(first ? [first] : [])], user, begin);
    if (more.length > 0) times = more;
    all = [...all, ...more];
  }
  const hashes = user.hashes(all.map(({ result }) => result));
  await watcher.terminate();
  return { inputs: user.size, taskMs: totalMs(times) / times.length, computeMs: totalMs(all), hashes };
});

interface Trial {
  ms: number;
  result: Parameters<UserTasks['hashes']>[0][number];
}

const totalMs = (trials: readonly Trial[]): number => sum(trials.map(({ ms }) => ms));

/** Runs tasks one after another, up to the time that is enough. */
async function tried(
  tasks: ReturnType<UserTasks['tasks']>,
  user: UserTasks,
  begin: number,
): Promise<Trial[]> {
  const trials: Trial[] = [];
  for (const task of tasks) {
    const start = performance.now();
    const report = await runTask(task);
    if (report.status === 'FAILED') throw user.failure(report.error, task);
    trials.push({ ms: performance.now() - start, result: report.result });
    if (performance.now() - begin > ENOUGH_MS) break;
  }
  return trials;
}
