/** The worker, whose images and samples a test can hold. For tests only: no part of it is in the shipped worker. */
import { keepCompiled } from '../../../../src/process/compile-cache.js';
import { heldCompute, heldRunner } from './hold.js';

keepCompiled();
const { startWorker } = await import('../../../../src/app/worker-app.js');
const { startComputeHost } = await import('../../../../src/app/compute.js');
const { run } = await import('../../../../src/process/lifecycle.js');

await run(async (config, logger) => {
  const worker = await startWorker(config, logger, {
    startCompute: async (...dependencies) => heldCompute(await startComputeHost(...dependencies)),
    sampleRunner: heldRunner,
  });
  const { url, outdated } = worker;
  return { greeting: `Worker      ${url}/health`, outdated, close: () => worker.close() };
});
