import { CONCURRENCY_MODELS } from '../../src/execution/model.js';
import { createExecutor } from '../../src/execution/models/create-executor.js';
import { describeExecutor } from './executor-suite.js';
import { describeSupervision } from './executor-supervision-suite.js';

const taskModule = new URL('../execution/workers/faulty-task.js', import.meta.url);
const brokenModule = new URL('../execution/no-such-module.js', import.meta.url);

for (const model of CONCURRENCY_MODELS) {
  describeExecutor(model, (options) => createExecutor(model, { ...options, taskModule }));
}

for (const model of ['THREADS_LOCKED', 'THREADS', 'PROCESSES'] as const) {
  describeSupervision(model, ({ heapLimitMb, ...options }) =>
    heapLimitMb > 0
      ? createExecutor(model, { ...options, heapLimitMb, taskModule })
      : createExecutor(model, { ...options, taskModule: brokenModule }),
  );
}
