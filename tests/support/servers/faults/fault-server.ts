/**
 * The server, which kills itself, or lets its compute host do so, at the step of an item's life that a file in its folder
 * arms, and whose images and samples a test can hold; it hashes passwords at a low cost. For tests only: no part of it is
 * in the shipped server. `npm test` bundles it.
 */
import type { Config } from '../../../../src/config.js';
import type { Compute } from '../../../../src/execution/compute.js';
import { keepCompiled } from '../../../../src/process/compile-cache.js';
import { MemoryProgress } from '../../../../src/progress/memory.progress.js';
import type { Progress } from '../../../../src/progress/progress.js';
import type { Queue } from '../../../../src/queue/queue.js';
import { type FaultStep, faultFile, reach as reachStep } from './fault-steps.js';
import { heldCompute, heldRunner } from './hold.js';

keepCompiled();
const { startApp } = await import('../../../../src/app/api-app.js');
const { startComputeHost } = await import('../../../../src/app/compute.js');
const { LocalQueue } = await import('../../../../src/queue/local.queue.js');
const { run } = await import('../../../../src/process/lifecycle.js');

const FAULT_FILE = faultFile(process.cwd());
const reach = (step: FaultStep): void => reachStep(step, FAULT_FILE);

function mortalQueue(queue: Queue): Queue {
  return {
    async enqueue(em, entries) {
      await queue.enqueue(em, entries);
      reach('STORED');
    },
    wake() {
      reach('ACCEPTED');
      queue.wake();
    },
    async claim(exceptOwners) {
      const claim = await queue.claim(exceptOwners);
      if (claim) reach('CLAIMED');
      return claim;
    },
    async complete(claim) {
      reach('CHUNK ENDED');
      await queue.complete(claim);
      reach('COMPLETED');
    },
    heartbeat: (claims) => queue.heartbeat(claims),
    release: (claim) => queue.release(claim),
    fail: (claim) => queue.fail(claim),
    pending: (em, jobId) => queue.pending(em, jobId),
    onWork: (listener) => queue.onWork(listener),
    close: () => queue.close(),
  };
}

function mortalCompute(compute: Compute): Compute {
  return {
    async process(request, options) {
      reach('STARTED');
      const result = await compute.process(request, options);
      reach('COMPUTED');
      return result;
    },
    inspect: (key, owner, options) => compute.inspect(key, owner, options),
    describe: (key, owner, options) => compute.describe(key, owner, options),
    engines: () => compute.engines(),
    close: (deadlineMs) => compute.close(deadlineMs),
  };
}

/** Environment of a compute host that can kill itself; set through its settings, because it inherits none. */
function mortalHost(config: Config): Config {
  const environment = {
    NODE_OPTIONS: `--import ${new URL('./fault-files.js', import.meta.url)}`,
    FAULT_FILE,
  };
  return { ...config, storageEnvironment: { ...config.storageEnvironment, ...environment } };
}

function mortalProgress(progress: Progress): Progress {
  return {
    publish(news) {
      reach('WRITTEN');
      progress.publish(news);
    },
    subscribe: (topic, id, signal) => progress.subscribe(topic, id, signal),
    close: () => progress.close(),
  };
}

await run(async (config, logger) => {
  // The cost of production would only make the tests slow.
  const app = await startApp({ ...config, bcryptCost: 4 }, logger, {
    startCompute: async (settings, ...rest) =>
      mortalCompute(heldCompute(await startComputeHost(mortalHost(settings), ...rest))),
    sampleRunner: heldRunner,
    openQueue: (fork) => mortalQueue(new LocalQueue(fork)),
    openProgress: () => mortalProgress(new MemoryProgress()),
  });
  return { greeting: `API         ${app.url}/graphql`, close: () => app.close() };
});
