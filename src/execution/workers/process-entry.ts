import type { Task } from '../executor.js';
import { releaseMemoryLater } from './memory-release.js';
import type { TaskModule } from './run-task.js';
import { uncloneable } from './uncloneable.js';

// The parent has ended: exit at once, without waiting for native code.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// Ctrl-C reaches every process of the terminal; only the parent ends a worker.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => undefined);

const [taskModule = '', ...preload] = process.argv.slice(2);
const { prepare, runTask }: TaskModule = await import(taskModule);
await prepare(preload as Parameters<TaskModule['prepare']>[0]);

process.on('message', async (task: Task) => {
  const report = await runTask(task);
  try {
    process.send?.(report);
  } catch (error) {
    process.send?.(uncloneable(error));
  }
  releaseMemoryLater();
});
process.send?.('READY');
