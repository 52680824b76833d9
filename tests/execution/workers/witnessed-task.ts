import type { Task } from '../../../src/execution/executor.js';
import {
  runTask as runRealTask,
  type StepLock,
  type TaskReport,
} from '../../../src/execution/workers/run-task.js';
import { IMAGE_ENGINES } from '../../../src/imaging/engine-name.js';
import { loadEngine } from '../../../src/imaging/engines/engine-registry.js';
import { imageOf, witness } from './step-witness.js';

export { prepare } from '../../../src/execution/workers/run-task.js';

/** Source of the current task of this worker, which runs one at a time. */
let source: Uint8Array = new Uint8Array();

// Between the engine and the real runner, so that observed steps run under the runner's lock.
for (const engine of await Promise.all(IMAGE_ENGINES.map(loadEngine))) {
  const { process } = engine;
  engine.process = (request, runStep) => process(request, (step) => runStep(() => witness(source, step)));
}

export async function runTask(task: Task, lock?: StepLock): Promise<TaskReport> {
  if (task.kind !== 'IMAGE') return runRealTask(task, lock);
  source = task.bytes;
  return runRealTask({ ...task, bytes: imageOf(source) }, lock);
}
