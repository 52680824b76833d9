import type { Logger } from 'pino';
import type { Config } from '../config.js';
import type { Compute } from '../execution/compute.js';
import { ComputeHostClient } from '../execution/host/compute-host.client.js';
import type { Metrics } from '../metrics/metrics.js';
import { requireLoadable } from '../process/native-packages.js';
import type { Storage } from '../storage/storage.js';

/** Starts the compute host. Rejects if the native engine cannot be loaded; its workers would detect that too late. */
export async function startComputeHost(
  config: Config,
  logger: Logger,
  _storage: Storage,
  metrics: Metrics,
): Promise<Compute> {
  const loadable = requireLoadable('sharp');
  const starting = ComputeHostClient.start({
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
    ...(config.computeMemoryMb === undefined ? {} : { hostMemoryMb: config.computeMemoryMb }),
  });
  const [started, loaded] = await Promise.allSettled([starting, loadable]);
  if (started.status === 'rejected') throw started.reason;
  if (loaded.status === 'rejected') {
    await started.value.close(0);
    throw loaded.reason;
  }
  const host = started.value;
  metrics.observePool(host);
  // Asked once, before the first job needs the answer; where this fails, that job asks again.
  host.engines().catch(() => undefined);
  return host;
}
