/** Prints how many signal handlers there are before and after an executor ran, and then which signal arrived. */
const handlers = () => ['SIGINT', 'SIGTERM'].map((signal) => process.listenerCount(signal));
const own = (signal: string) => {
  process.send?.({ signal });
  clearInterval(alive);
};
const alive = setInterval(() => undefined, 1_000);
process.once('SIGTERM', own);

const before = handlers();
const { createExecutor } = await import('../../../src/execution/models/create-executor.js');
const executor = createExecutor('THREADS', { workers: 1 });
await executor.start();
await executor.run([{ kind: 'EMPTY' }]);
await executor.stop();
process.send?.({ before, after: handlers() });
