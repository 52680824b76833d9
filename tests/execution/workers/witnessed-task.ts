import { workerData } from 'node:worker_threads';
import type { Task } from '../../../src/execution/executor.js';
import {
  runTask as runRealTask,
  type StepLock,
  type TaskReport,
} from '../../../src/execution/workers/run-task.js';
import type { ThreadData } from '../../../src/execution/workers/thread-entry.js';
import { IMAGE_ENGINES } from '../../../src/imaging/engine-name.js';
import { loadEngine } from '../../../src/imaging/engines/engine-registry.js';
import { imageOf, witness } from './step-witness.js';

export { prepare } from '../../../src/execution/workers/run-task.js';

/** Lowest bit of a global lock: set while a thread may be waiting for it. */
const WAITERS = 1;
const { lock } = workerData as ThreadData;
const word = lock && new Int32Array(lock.memory);
const isAwaited = word && (() => (Atomics.load(word, 0) & WAITERS) !== 0);

/** Source of the current task of this worker, which runs one at a time. */
let source: Uint8Array = new Uint8Array();

// Between the engine and the real runner, so that observed steps run under the runner's lock.
for (const engine of await Promise.all(IMAGE_ENGINES.map(loadEngine))) {
  const { process } = engine;
  engine.process = (request, runStep) =>
    process(request, (step) => runStep(() => witness(source, step, isAwaited)));
}

export async function runTask(task: Task, lock?: StepLock): Promise<TaskReport> {
  if (task.kind !== 'IMAGE') return runRealTask(task, lock);
  source = task.bytes;
  return runRealTask({ ...task, bytes: imageOf(source) }, lock);
}
