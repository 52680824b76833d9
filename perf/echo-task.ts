import type { Task } from '../src/execution/executor.js';
import { runTask as runRealTask, type TaskReport } from '../src/execution/workers/run-task.js';

export { prepare } from '../src/execution/workers/run-task.js';

/** A task module that takes bytes and, for an image, returns the same number of bytes; it computes nothing. */
export async function runTask(task: Task): Promise<TaskReport> {
  const report = await runRealTask({ kind: 'EMPTY' });
  if (task.kind !== 'IMAGE' || report.status === 'FAILED') return report;
  const bytes = new Uint8Array(task.bytes.byteLength);
  return { ...report, result: { kind: 'IMAGE', bytes, format: 'PNG', width: 1, height: 1, frames: 1 } };
}
