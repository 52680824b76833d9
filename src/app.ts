/** The composition root of the two processes: the API, and a worker without it. */
import { join } from 'node:path';
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Logger } from 'pino';
import { isSqlite } from '../mikro-orm.config.js';
import packageJson from '../package.json' with { type: 'json' };
import { startServer } from './api/server.js';
import { DEFAULT_WEBSOCKET_LIMITS } from './api/websocket/websocket-limits.js';
import { startWorkerServer } from './api/worker-server.js';
import { HostSampleRunner } from './benchmark/measure/host.sample-runner.js';
import type { Config } from './config.js';
import { AppError } from './errors.js';
import { runRaceExperiment } from './execution/race-experiment.js';
import { type Foundation, openFoundation, type Parts } from './foundation.js';
import { keptSecret } from './secret.js';
import { AccessTokens } from './services/access-tokens.js';
import { AttemptLimiter } from './services/attempt-limiter.js';
import { AuthService } from './services/auth.service.js';
import { BenchmarkService } from './services/benchmark.service.js';
import { BenchmarkResults } from './services/benchmark-results.js';
import { BenchmarkRunner } from './services/benchmark-runner.js';
import { DownloadLinks } from './services/download-links.js';
import { Housekeeping } from './services/housekeeping.js';
import { ImageService } from './services/image.service.js';
import { JobService } from './services/job.service.js';
import { JobRecovery } from './services/job-recovery.js';
import { JobRunner } from './services/job-runner.js';
import { MessageBudget } from './services/message-budget.js';
import { removeOrphans } from './services/orphans.js';
import { Passwords } from './services/passwords.js';
import { RaceService } from './services/race.service.js';
import { ServerInfoService } from './services/server-info.service.js';
import type { Services } from './services/services.js';
import { StorageBinding } from './services/storage-binding.js';

/** How long running items may go on when the process ends; then they are stopped and put back. */
const DRAIN_MS = 4_000;

export interface App {
  /** Where it is reached. */
  url: string;
  /** Stops accepting, lets what runs end, and closes everything in the order of its use. */
  close(): Promise<void>;
}

/** Migrates the database, starts the compute host, mends what a crash has left, serves the API and runs its jobs. */
export async function startApp(config: Config, logger: Logger, parts: Partial<Parts> = {}): Promise<App> {
  const secret = config.jwtSecret ?? (await keptSecret(config.dataDir));
  const foundation = await openFoundation(config, logger, parts);
  const benchmarks = benchmarkRunner(config, foundation, parts);
  const unitOfWork = unitsOfWork(config, secret, foundation, () => benchmarks.wake());
  const binding = new StorageBinding(foundation, (warning) => logger.warn(warning));
  await binding.bind();
  const housekeeping = new Housekeeping(async (olderThan, signal) => {
    await unitOfWork().auth.removeExpired();
    if (await binding.holds()) await removeOrphans(foundation.fork(), foundation.storage, olderThan, signal);
  }, foundation.onError);
  await housekeeping.start(foundation.pool === undefined);
  const recovery = new JobRecovery(foundation);
  await recovery.start();
  const links = new DownloadLinks(secret, config.downloadLinkSeconds);
  const { httpLimits } = parts;
  const server = await startServer({
    ...foundation,
    options: config,
    logger,
    links,
    unitOfWork,
    httpLimits,
    messages: new MessageBudget(DEFAULT_WEBSOCKET_LIMITS.maxMessagesPerMinute, foundation.pool),
  });
  const runner = new JobRunner(foundation);
  if (config.workerInline) {
    runner.start();
    await benchmarks.start();
  }

  const close = async (): Promise<void> => {
    const behind = [runner.close(DRAIN_MS), benchmarks.close(), recovery.close(), housekeeping.close()];
    await Promise.all([server.close(), ...behind]);
    await foundation.close();
  };
  return { url: server.url, close };
}

/** Runs jobs and benchmarks for APIs elsewhere. BAD_USER_INPUT where the database is not one that processes can share. */
export async function startWorker(config: Config, logger: Logger, parts: Partial<Parts> = {}): Promise<App> {
  if (isSqlite(config.databaseUrl)) {
    throw new AppError('BAD_USER_INPUT', 'DATABASE_URL: a worker of its own needs postgresql://…');
  }
  const foundation = await openFoundation(config, logger, parts);
  const recovery = new JobRecovery(foundation);
  await recovery.start();
  const runner = new JobRunner(foundation);
  runner.start();
  const benchmarks = benchmarkRunner(config, foundation, parts);
  await benchmarks.start();
  const server = await startWorkerServer({ ...foundation, options: config, logger });

  const close = async (): Promise<void> => {
    await Promise.all([runner.close(DRAIN_MS), benchmarks.close(), recovery.close()]);
    await server.close();
    await foundation.close();
  };
  return { url: server.url, close };
}

function benchmarkRunner(config: Config, foundation: Foundation, parts: Partial<Parts>): BenchmarkRunner {
  return new BenchmarkRunner({
    ...foundation,
    sampleRunner: parts.sampleRunner ?? ((work) => new HostSampleRunner(work)),
    limits: config.imaging,
    sourcesFolder: join(config.dataDir, 'benchmark-sources'),
    appVersion: packageJson.version,
    machine: config.machineName,
    alone: foundation.pool === undefined,
  });
}

/** Each unit of work has an EntityManager of its own and one set of services on it. */
function unitsOfWork(
  config: Config,
  secret: string,
  foundation: Foundation,
  wake: () => void,
): () => Services {
  // Pages that refresh whenever they are opened, and any client twice for each life of a token: more is no honest one.
  const perSession = 300 + Math.ceil((2 * 900) / config.accessTokenSeconds);
  const auth = {
    passwords: new Passwords(config.bcryptCost),
    accessTokens: new AccessTokens(secret, config.accessTokenSeconds),
    attempts: new AttemptLimiter({ perAccount: 10, perAddress: 100, perSession }, foundation.pool),
    sessionDays: config.sessionDays,
  };
  const { maxUploadBytes, maxBatchImages, maxWorkers } = config;
  const limits = { ...config.imaging, maxUploadBytes, maxBatchImages, maxWorkers };
  const engines = () => foundation.compute.engines();
  const database = foundation.pool ? 'POSTGRESQL' : 'SQLITE';
  const serverInfo = new ServerInfoService({ version: packageJson.version, database, limits }, engines);
  const images = { ...foundation, limits };
  const jobs = { ...foundation, limits: { ...limits, userJobItems: config.userJobItems }, engines };
  const benchmarks = { ...jobs, wake };
  return () => {
    const em: SqlEntityManager = foundation.fork();
    return {
      auth: new AuthService(em, auth),
      images: new ImageService(em, images),
      jobs: new JobService(em, jobs),
      benchmarks: new BenchmarkService(em, benchmarks),
      benchmarkResults: new BenchmarkResults(em),
      races: new RaceService(em, runRaceExperiment),
      serverInfo,
    };
  };
}
