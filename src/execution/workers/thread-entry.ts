import { workerData } from 'node:worker_threads';
import { expose, Transfer } from 'threads/worker';
import { freeMemory } from '../../imaging/pixels/free-memory.js';
import type { Task, TaskResult } from '../executor.js';
import { GlobalLock } from './global-lock.js';
import { releaseMemoryLater } from './memory-release.js';
import { isMovable, sourceOf } from './movable.js';
import type { TaskModule, TaskReport } from './run-task.js';

export interface ThreadData {
  taskModule: string;
  preload: Parameters<TaskModule['prepare']>[0];
  lock?: { memory: SharedArrayBuffer; holder: number; waiting: SharedArrayBuffer };
}

/** Call that a thread exposes; the bytes of the report are transferred, not copied. */
export type RunInThread = (task: Task) => Promise<TaskReport>;

// threads.js would keep the thread alive after an uncaught error, with the call pending for ever.
for (const event of ['uncaughtException', 'unhandledRejection']) process.removeAllListeners(event);

const { taskModule, preload, lock: shared } = workerData as ThreadData;
const { prepare, runTask }: TaskModule = await import(taskModule);
await prepare(preload);
const lock = shared && new GlobalLock(shared.memory, shared.holder, shared.waiting);

expose(async (task: Task) => {
  const report = await runTask(task, lock);
  releaseMemoryLater();
  // Not the source of a failed task, which native code may still read.
  if (report.status !== 'DONE') return report;
  const source = sourceOf(task);
  if (source) freeMemory(source);
  const moved: ArrayBuffer[] = [];
  const result = movable(report.result, moved);
  return moved.length > 0 ? Transfer({ ...report, result }, moved) : report;
});

/** The result with bytes that can be transferred; adds their buffers to `moved`. */
function movable(result: TaskResult, moved: ArrayBuffer[]): TaskResult {
  if (result.kind === 'CHUNK') {
    return {
      ...result,
      parts: result.parts.map((part) => ({ ...part, result: movable(part.result, moved) })),
    };
  }
  if (!('bytes' in result) || !result.bytes) return result;
  // Memory that belongs to a native library cannot be transferred and is copied.
  if (isMovable(result.bytes)) {
    moved.push(result.bytes.buffer as ArrayBuffer);
    return result;
  }
  const bytes = new Uint8Array(result.bytes);
  freeMemory(result.bytes);
  moved.push(bytes.buffer);
  return { ...result, bytes };
}
