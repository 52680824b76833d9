/** The composition root: the only file that picks implementations. */
import 'reflect-metadata';
import { availableParallelism } from 'node:os';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Pool } from 'pg';
import type { Logger } from 'pino';
import { isSqlite } from '../mikro-orm.config.js';
import packageJson from '../package.json' with { type: 'json' };
import { startServer } from './api/server.js';
import type { Config } from './config.js';
import { openDatabase, postgresqlPool } from './database.js';
import type { Compute } from './execution/compute.js';
import { ComputeHostClient } from './execution/compute-host.client.js';
import { MemoryProgress } from './progress/memory.progress.js';
import type { Progress } from './progress/progress.js';
import { LocalQueue } from './queue/local.queue.js';
import type { Queue } from './queue/queue.js';
import { keptSecret } from './secret.js';
import { AccessTokens } from './services/access-tokens.js';
import { AttemptLimiter } from './services/attempt-limiter.js';
import { AuthService } from './services/auth.service.js';
import { DownloadLinks } from './services/download-links.js';
import { Housekeeping } from './services/housekeeping.js';
import { ImageService } from './services/image.service.js';
import { JobService } from './services/job.service.js';
import { JobRecovery } from './services/job-recovery.js';
import { JobRunner } from './services/job-runner.js';
import { Passwords } from './services/passwords.js';
import { Quota } from './services/quota.js';
import { ServerInfoService } from './services/server-info.service.js';
import type { Services } from './services/services.js';
import { openStorage } from './storage/open-storage.js';
import type { Storage } from './storage/storage.js';

/** How long running items may go on when the server ends; then they are stopped and put back. */
const DRAIN_MS = 4_000;

export interface App {
  /** Where the API is reached. */
  url: string;
  /** Stops accepting, lets what runs end, and closes everything in the order of its use. */
  close(): Promise<void>;
}

/** The parts that there may be other implementations of; tests bring some that fail on purpose. */
export interface Parts {
  startCompute(config: Config, logger: Logger, storage: Storage): Promise<Compute>;
  openQueue(fork: () => SqlEntityManager): Queue;
  openProgress(): Progress;
}

export const PARTS: Parts = {
  startCompute: startComputeHost,
  openQueue: (fork) => new LocalQueue(fork),
  openProgress: () => new MemoryProgress(),
};

/** Migrates the database, starts the compute host, mends what a crash has left, serves the API and runs its jobs. */
export async function startApp(config: Config, logger: Logger, parts: Parts = PARTS): Promise<App> {
  const secret = config.jwtSecret ?? (await keptSecret(config.dataDir));
  const orm = await openDatabase(config.databaseUrl);
  const fork = () => orm.em.fork() as SqlEntityManager;
  const onError = (error: unknown) => logger.error({ err: error }, 'unexpected error behind the API');
  const storage = openStorage(config.storageUrl);
  await storage.check();
  const compute = await parts.startCompute(config, logger, storage);
  const queue = parts.openQueue(fork);
  const progress = parts.openProgress();
  const links = new DownloadLinks(secret, config.downloadLinkSeconds);
  const quota = new Quota(config.userQuotaBytes);
  const workers = config.workers ?? availableParallelism();
  const pool = isSqlite(config.databaseUrl) ? undefined : await postgresqlPool(orm);
  const work = { fork, storage, compute, queue, progress, quota, workers, onError };
  const unitOfWork = unitsOfWork(config, secret, pool, work);

  const housekeeping = new Housekeeping(
    (olderThan, signal) => unitOfWork().images.removeOrphans(olderThan, signal),
    onError,
  );
  await housekeeping.start(pool === undefined);
  const recovery = new JobRecovery(work);
  await recovery.start();
  const server = await startServer({
    options: config,
    logger,
    links,
    unitOfWork,
    ready: async () => {
      await orm.em.getConnection().execute('select 1');
      await storage.check();
    },
  });
  const runner = new JobRunner(work);
  runner.start();

  const close = async (): Promise<void> => {
    await Promise.all([server.close(), runner.close(DRAIN_MS), recovery.close(), housekeeping.close()]);
    await Promise.all([progress.close(), queue.close(), compute.close()]);
    await orm.close();
  };
  return { url: server.url, close };
}

function startComputeHost(config: Config, logger: Logger): Promise<Compute> {
  return ComputeHostClient.start({
    storageUrl: config.storageUrl,
    pool: config.workerPool,
    imagingLimits: config.imaging,
    queueLimit: config.maxWaiting,
    taskTimeoutMs: config.imageTimeoutMs,
    workerMemoryMb: config.workerMemoryMb,
    workers: config.workers ?? availableParallelism(),
    logger,
    ...(config.computeMemoryMb === undefined ? {} : { hostMemoryMb: config.computeMemoryMb }),
  });
}

/** What services and the runner of jobs share. */
interface Work {
  fork(): SqlEntityManager;
  storage: Storage;
  compute: Compute;
  queue: Queue;
  progress: Progress;
  quota: Quota;
  workers: number;
}

/** Each unit of work has an EntityManager of its own and one set of services on it. */
function unitsOfWork(config: Config, secret: string, pool: Pool | undefined, work: Work): () => Services {
  const auth = {
    passwords: new Passwords(config.bcryptCost),
    accessTokens: new AccessTokens(secret, config.accessTokenSeconds),
    attempts: new AttemptLimiter({ perAccount: 10, perAddress: 100 }, pool),
    sessionDays: config.sessionDays,
  };
  const { maxUploadBytes, maxBatchImages, maxWorkers } = config;
  const limits = { ...config.imaging, maxUploadBytes, maxBatchImages, maxWorkers };
  const engines = () => work.compute.engines();
  const database = isSqlite(config.databaseUrl) ? 'SQLITE' : 'POSTGRESQL';
  const serverInfo = new ServerInfoService({ version: packageJson.version, database, limits }, engines);
  const images = { ...work, limits };
  const jobs = { ...work, limits, engines };
  return () => {
    const em = work.fork();
    return {
      auth: new AuthService(em, auth),
      images: new ImageService(em, images),
      jobs: new JobService(em, jobs),
      serverInfo,
    };
  };
}
