import type { Logger } from 'pino';
import type { Config } from '../config.js';
import type { Compute } from '../execution/compute.js';
import { ComputeHostClient } from '../execution/host/compute-host.client.js';
import { readEngines } from '../execution/host/read-engines.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Storage } from '../storage/storage.js';

/** Starts the compute host. Rejects if an engine cannot be loaded; its workers would detect that too late. */
export async function startComputeHost(
  config: Config,
  logger: Logger,
  _storage: Storage,
  metrics: Metrics,
): Promise<Compute> {
  const host = await ComputeHostClient.start({
    storageUrl: config.storageUrl,
    environment: config.storageEnvironment,
    pool: config.workerPool,
    imagingLimits: config.imaging,
    queueLimit: config.maxWaiting,
    taskTimeoutMs: config.imageTimeoutMs,
    workerMemoryMb: config.workerMemoryMb,
    workers: config.workers,
    imagesInFlight: config.imagesInFlight,
    logger,
    engines: readEngines(),
    ...(config.computeMemoryMb === undefined ? {} : { hostMemoryMb: config.computeMemoryMb }),
  });
  metrics.observePool(host);
  return host;
}
