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
  let times = await timed(first ? [first] : [], user, begin);
  const all = [...times];
  if (performance.now() - begin < ENOUGH_MS) {
    const more = await timed([...others, ...(first ? [first] : [])], user, begin);
    if (more.length > 0) times = more;
    all.push(...more);
  }
  await watcher.terminate();
  return { inputs: user.size, taskMs: sum(times) / times.length, computeMs: sum(all) };
});

/** Runs tasks one after another, up to the time that is enough; the time of each. */
async function timed(
  tasks: ReturnType<UserTasks['tasks']>,
  user: UserTasks,
  begin: number,
): Promise<number[]> {
  const times: number[] = [];
  for (const task of tasks) {
    const start = performance.now();
    const report = await runTask(task);
    if (report.status === 'FAILED') throw user.failure(report.error, task);
    times.push(performance.now() - start);
    if (performance.now() - begin > ENOUGH_MS) break;
  }
  return times;
}
