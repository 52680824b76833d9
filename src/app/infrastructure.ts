/** What the API and the workers stand on: here implementations are picked. */
import 'reflect-metadata';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { isSqlite, sqliteFile } from '../../mikro-orm.config.js';
import type { HttpLimits } from '../api/http/http-limits.js';
import type { BenchmarkWork, SampleRunner } from '../benchmark/sample-runner.js';
import type { Config } from '../config.js';
import { openDatabase, postgresqlPool } from '../database/open-database.js';
import { acquireSingleInstanceLock } from '../database/single-instance-lock.js';
import { AppError, type ErrorCode } from '../errors.js';
import type { Compute } from '../execution/compute.js';
import { ComputeHostClient } from '../execution/host/compute-host.client.js';
import { MeteredCompute } from '../metrics/metered-compute.js';
import { Metrics } from '../metrics/metrics.js';
import { MemoryProgress } from '../progress/memory.progress.js';
import { PostgresqlProgress } from '../progress/postgresql.progress.js';
import type { Progress } from '../progress/progress.js';
import { LocalQueue } from '../queue/local.queue.js';
import { PgBossQueue } from '../queue/pg-boss.queue.js';
import type { Queue } from '../queue/queue.js';
import { Quota } from '../services/images/quota.js';
import { openStorage } from '../storage/open-storage.js';
import { canPresign, type Presigner } from '../storage/presigner.js';
import type { Storage } from '../storage/storage.js';

/** What a test may put in place of the real thing. */
export interface Overrides {
  startCompute(config: Config, logger: Logger, storage: Storage, metrics: Metrics): Promise<Compute>;
  openQueue(fork: () => SqlEntityManager): Queue;
  openProgress(): Progress;
  sampleRunner(work: BenchmarkWork): SampleRunner;
  httpLimits: HttpLimits;
}

export interface Infrastructure {
  metrics: Metrics;
  /** An EntityManager of a new unit of work. */
  fork(): SqlEntityManager;
  /** Undefined on SQLite, where this process is alone. */
  pool: Pool | undefined;
  storage: Storage;
  /** Undefined where files are streamed through this server. */
  presigner: Presigner | undefined;
  compute: Compute;
  queue: Queue;
  progress: Progress;
  quota: Quota;
  /** Pictures that this machine computes at the same time. */
  workers: number;
  onError(error: unknown): void;
  /** Called for each item of a job that ended here. */
  onItemEnded(code: 'OK' | ErrorCode): void;
  /** Rejects when the database or the storage cannot be used now. */
  ready(): Promise<void>;
  close(): Promise<void>;
}

/** Migrates the database and starts the compute host. BAD_USER_INPUT where settings do not go together. */
export async function openInfrastructure(
  config: Config,
  logger: Logger,
  { startCompute = startComputeHost, openQueue, openProgress }: Partial<Overrides>,
): Promise<Infrastructure> {
  const { databaseUrl } = config;
  const onError = (error: unknown) => logger.error({ err: error }, 'unexpected error behind the API');
  const onLost = (error: unknown) => logger.warn({ err: error }, 'PostgreSQL cannot be reached');
  const metrics = new Metrics();
  // Not loaded where nobody asked for it.
  const tracing = config.tracing ? (await import('../process/tracing.js')).startTracing(logger) : undefined;
  const giveUp = await aloneOn(databaseUrl);
  const storage = openStorage(config.storageUrl);
  const presigner = config.storageLinks === 'redirect' ? presignerOf(storage) : undefined;
  await storage.check();
  const orm = await openDatabase(databaseUrl);
  const fork = () => orm.em.fork() as SqlEntityManager;
  const shared = !isSqlite(databaseUrl);
  const pool = shared ? await postgresqlPool(orm) : undefined;
  if (pool) metrics.observeDatabase(pool);
  const [host, queue, progress] = await Promise.all([
    startCompute(config, logger, storage, metrics),
    openQueue?.(fork) ?? openObservedQueue(databaseUrl, fork, metrics, onLost),
    openProgress?.() ?? (shared ? PostgresqlProgress.connect(databaseUrl, onLost) : new MemoryProgress()),
  ]);
  const compute = new MeteredCompute(host, metrics);
  return {
    ...{ metrics, fork, pool, storage, presigner, compute, queue, progress, onError },
    quota: new Quota(config.userQuotaBytes),
    workers: config.workers,
    onItemEnded: (code) => metrics.items.inc({ code }),
    ready: async () => {
      await fork().getConnection().execute('select 1');
      await storage.check();
    },
    close: async () => {
      await Promise.all([progress.close(), queue.close(), compute.close()]);
      await orm.close();
      await giveUp();
      await tracing?.close();
    },
  };
}

/** Nobody else can get at a database in memory, and PostgreSQL is there to be shared. */
async function aloneOn(databaseUrl: string): Promise<() => Promise<void>> {
  const path = sqliteFile(databaseUrl);
  return path === undefined ? async () => undefined : acquireSingleInstanceLock(path);
}

function presignerOf(storage: Storage): Presigner {
  if (canPresign(storage)) return storage;
  throw AppError.badInput(
    'STORAGE_LINKS',
    'must be stream unless STORAGE_URL is s3://…, to which links can lead',
  );
}

async function openObservedQueue(
  databaseUrl: string,
  fork: () => SqlEntityManager,
  metrics: Metrics,
  onLost: (error: unknown) => void,
): Promise<Queue> {
  const queue = isSqlite(databaseUrl) ? new LocalQueue(fork) : await PgBossQueue.open(databaseUrl, onLost);
  metrics.observeQueue(queue);
  return queue;
}

/** The compute host as the settings say, its pool told in the metrics. */
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
    logger,
    ...(config.computeMemoryMb === undefined ? {} : { hostMemoryMb: config.computeMemoryMb }),
  });
  metrics.observePool(host);
  return host;
}
