import { photoLikeJpeg } from '../src/benchmark/measure/photo-like.js';
import type { Task, TaskOutcome } from '../src/execution/executor.js';
import type { ConcurrencyModel } from '../src/execution/model.js';
import { createExecutor } from '../src/execution/models/create-executor.js';
import type { ImageEngineName } from '../src/imaging/engine-name.js';
import { DEFAULT_IMAGING_LIMITS } from '../src/imaging/limits.js';
import { STANDARD_PIPELINE } from '../src/imaging/operation.js';

/** Work of one cell of `models`, in a process that runs for the whole measurement. */
export type Work =
  | { kind: 'PIPELINE'; engine: ImageEngineName; images: number }
  | { kind: 'EMPTY'; tasks: number }
  /** Moves bytes to a worker, or to a worker and back. */
  | { kind: 'MOVE'; bytes: number; back: boolean; times: number };

export interface Cell {
  model: ConcurrencyModel;
  workers: number;
  work: Work;
}

const cell: Cell = JSON.parse(process.argv[2] ?? '');
const { model, workers, work } = cell;
const executor = createExecutor(model, {
  workers,
  preload: work.kind === 'PIPELINE' ? [work.engine] : [],
  ...(work.kind === 'MOVE' && { taskModule: new URL('./echo-task.js', import.meta.url) }),
});
const { startupMs } = await executor.start();
const tasks = await tasksOf(work);
process.on('disconnect', () => process.exit());
process.on('message', async () => process.send?.(await measure()));
process.send?.(startupMs);

/** Milliseconds of wall time for a batch of all tasks, or for one after another where latency is the question. */
async function measure(): Promise<number> {
  const start = performance.now();
  if (work.kind === 'MOVE') for (const task of tasks) check(await executor.run([freshBytes(task)]));
  else check(await executor.run(tasks));
  return performance.now() - start;
}

function check(outcomes: TaskOutcome[]): void {
  for (const outcome of outcomes) if (outcome.status === 'FAILED') throw new Error(outcome.error.message);
}

/** Another view each time, as an executor keeps the copies that it has made. */
function freshBytes(task: Task): Task {
  return 'bytes' in task && task.bytes ? { ...task, bytes: new Uint8Array(task.bytes.buffer) } : task;
}

async function tasksOf(work: Work): Promise<Task[]> {
  const limits = DEFAULT_IMAGING_LIMITS;
  switch (work.kind) {
    case 'EMPTY':
      return Array(work.tasks).fill({ kind: 'EMPTY' });
    case 'MOVE': {
      const bytes = new Uint8Array(work.bytes);
      const task: Task = work.back
        ? { kind: 'IMAGE', bytes, engine: 'SHARP', operations: [], limits }
        : { kind: 'INSPECT', bytes, limits };
      return Array(work.times).fill(task);
    }
    case 'PIPELINE': {
      const bytes = await photoLikeJpeg(1);
      const task: Task = { kind: 'IMAGE', bytes, engine: work.engine, operations: STANDARD_PIPELINE, limits };
      return Array(work.images).fill(task);
    }
  }
}
