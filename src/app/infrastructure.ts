/** Parts that the API and the workers use; selects the implementations. */
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import type { ErrorCode } from '../errors.js';
import type { Compute } from '../execution/compute.js';
import { MeteredCompute } from '../metrics/metered-compute.js';
import { Metrics } from '../metrics/metrics.js';
import { processLog } from '../process/log-destination.js';
import type { Progress } from '../progress/progress.js';
import type { Queue } from '../queue/queue.js';
import { Quota } from '../services/images/quota.js';
import { StorageBinding } from '../services/images/storage-binding.js';
import { ReleaseGuard } from '../services/shared/release-guard.js';
import type { Presigner } from '../storage/presigner.js';
import type { Storage } from '../storage/storage.js';
import { startComputeHost } from './compute.js';
import { openAppDatabase } from './database.js';
import { openFiles } from './files.js';
import { JobLog } from './job-log.js';
import { openMessaging } from './messaging.js';
import type { Overrides } from './overrides.js';

export interface Infrastructure {
  metrics: Metrics;
  /** An EntityManager of a new unit of work. */
  fork(): SqlEntityManager;
  /** Undefined on SQLite, where this process is alone. */
  pool: Pool | undefined;
  /** Random id of the database; names files and folders outside it. */
  databaseId: string;
  storage: Storage;
  binding: StorageBinding;
  /** Undefined if files are streamed through this server. */
  presigner: Presigner | undefined;
  compute: Compute;
  queue: Queue;
  progress: Progress;
  quota: Quota;
  release: ReleaseGuard;
  /** Workers of this machine, and the images that they compute at the same time. */
  workers: number;
  imagesInFlight: number;
  onError(error: unknown): void;
  jobLog: JobLog;
  /** Called for each item of a job that ended here. */
  onItemEnded(code: 'OK' | ErrorCode): void;
  /** Rejects while the database or the storage is unavailable. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens the storage, migrates the database and starts the compute host. BAD_USER_INPUT if settings contradict each
 * other, or if one of these cannot be used.
 *
 * @param meanwhile called while the compute host starts
 */
export async function openInfrastructure(
  config: Config,
  logger: Logger,
  overrides: Partial<Overrides>,
  meanwhile: () => Promise<unknown> = async () => undefined,
): Promise<Infrastructure> {
  const { startCompute = startComputeHost } = overrides;
  const metrics = new Metrics();
  metrics.observeLog(processLog);
  // Loaded only if the settings require it.
  const tracing = config.tracing ? (await import('../process/tracing.js')).startTracing(logger) : undefined;
  const { storage, presigner } = await openFiles(config);
  const database = await openAppDatabase(config, logger);
  const { fork, pool } = database;
  if (pool) metrics.observeDatabase(pool);
  const binding = new StorageBinding({ fork, storage }, (warning) => logger.warn(warning));
  const databaseId = await binding.bind();
  const [host, messaging] = await Promise.all([
    startCompute(config, logger, storage, metrics),
    openMessaging(config, logger, fork, metrics, overrides),
    meanwhile(),
  ]);
  const compute = new MeteredCompute(host, metrics);
  const close = async () => {
    await Promise.all([messaging.close(), compute.close()]);
    await database.close();
    await tracing?.close();
  };
  return {
    ...{ metrics, fork, pool, databaseId, storage, binding, presigner, compute, close },
    queue: messaging.queue,
    progress: messaging.progress,
    quota: new Quota(config.userQuotaBytes),
    release: new ReleaseGuard(database.newerRelease),
    workers: config.workers,
    imagesInFlight: config.imagesInFlight,
    onError: (error) => logger.error({ err: error }, 'unexpected error in background work'),
    jobLog: new JobLog(logger),
    onItemEnded: (code) => metrics.items.inc({ code }),
    ready: async () => {
      await fork().getConnection().execute('select 1');
      await storage.check();
    },
  };
}
