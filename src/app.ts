/** The composition root: the only file that picks implementations. */
import 'reflect-metadata';
import { availableParallelism } from 'node:os';
import type { MikroORM } from '@mikro-orm/core';
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
import { keptSecret } from './secret.js';
import { AccessTokens } from './services/access-tokens.js';
import { AttemptLimiter } from './services/attempt-limiter.js';
import { AuthService } from './services/auth.service.js';
import { DownloadLinks } from './services/download-links.js';
import { ImageService } from './services/image.service.js';
import { Passwords } from './services/passwords.js';
import { Quota } from './services/quota.js';
import { ServerInfoService } from './services/server-info.service.js';
import type { Services } from './services/services.js';
import { openStorage } from './storage/open-storage.js';
import type { Storage } from './storage/storage.js';

export interface App {
  /** Where the API is reached. */
  url: string;
  /** Stops accepting, lets what runs end, and closes everything in the order of its use. */
  close(): Promise<void>;
}

/** Migrates the database, starts the compute host and serves the API. Tests pass a compute of their own. */
export async function startApp(
  config: Config,
  logger: Logger,
  startCompute: (config: Config, logger: Logger, storage: Storage) => Promise<Compute> = startComputeHost,
): Promise<App> {
  const secret = config.jwtSecret ?? (await keptSecret(config.dataDir));
  const orm = await openDatabase(config.databaseUrl);
  const storage = openStorage(config.storageUrl);
  await storage.check();
  const compute = await startCompute(config, logger, storage);
  const links = new DownloadLinks(secret, config.downloadLinkSeconds);
  const pool = isSqlite(config.databaseUrl) ? undefined : await postgresqlPool(orm);
  const unitOfWork = unitsOfWork(config, secret, orm, pool, storage, compute);
  const closing = new AbortController();
  const sweeping = removeOrphans(unitOfWork(), pool !== undefined, closing.signal).catch((error) =>
    logger.error({ err: error }, 'orphans were not removed'),
  );
  // Alone, nobody writes meanwhile as long as nobody is served.
  if (pool === undefined) await sweeping;
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
  const close = async (): Promise<void> => {
    closing.abort();
    await server.close();
    await compute.close();
    await sweeping;
    await orm.close();
  };
  return { url: server.url, close };
}

/** Where other processes write too, only what is older than any upload or computation lasts is left over for sure. */
function removeOrphans({ images }: Services, shared: boolean, signal: AbortSignal): Promise<void> {
  const ageMs = shared ? 3_600_000 : 0;
  return images.removeOrphans(new Date(Date.now() - ageMs), signal);
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

/** Each unit of work has an EntityManager of its own and one set of services on it. */
function unitsOfWork(
  config: Config,
  secret: string,
  orm: MikroORM,
  pool: Pool | undefined,
  storage: Storage,
  compute: Compute,
): () => Services {
  const auth = {
    passwords: new Passwords(config.bcryptCost),
    accessTokens: new AccessTokens(secret, config.accessTokenSeconds),
    attempts: new AttemptLimiter({ perAccount: 10, perAddress: 100 }, pool),
    sessionDays: config.sessionDays,
  };
  const limits = { ...config.imaging, maxUploadBytes: config.maxUploadBytes };
  const images = { storage, compute, limits, quota: new Quota(config.userQuotaBytes) };
  const serverInfo = new ServerInfoService(
    {
      version: packageJson.version,
      database: isSqlite(config.databaseUrl) ? 'SQLITE' : 'POSTGRESQL',
      limits: { ...limits, maxBatchImages: config.maxBatchImages, maxWorkers: config.maxWorkers },
    },
    () => compute.engines(),
  );
  return () => {
    const em = orm.em.fork() as SqlEntityManager;
    return { auth: new AuthService(em, auth), images: new ImageService(em, images), serverInfo };
  };
}
