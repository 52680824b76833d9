// The batch of `npm run perf ratio` without nogil-bench: a task module, how many tasks, and how they run. Prints the
// milliseconds from the start of the batch to its end; threads are running before.
import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';

const [module, count, how] = isMainThread ? process.argv.slice(2) : workerData;
const { default: run, inputs } = await import(module);

/** Runs tasks one after another. */
async function loop(tasks) {
  for (let task = 0; task < tasks; task++) await run(inputs[0]);
}

const WAYS = {
  SYNC: async () => () => loop(count),
  ASYNC: async () => () => Promise.all([loop(count / 2), loop(count / 2)]),
  THREADS: async () => {
    const options = { workerData: [module, count / 2, how] };
    const workers = [1, 2].map(() => new Worker(new URL(import.meta.url), options));
    await Promise.all(workers.map((worker) => once(worker, 'message')));
    return () =>
      Promise.all(
        workers.map((worker) => {
          worker.postMessage('start');
          return once(worker, 'message');
        }),
      );
  },
};

if (isMainThread) {
  const batch = await WAYS[how]();
  const start = performance.now();
  await batch();
  console.log(performance.now() - start);
  process.exit();
}
parentPort.on('message', async () => {
  await loop(count);
  parentPort.postMessage('ended');
});
parentPort.postMessage('ready');
