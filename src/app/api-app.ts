/** The composition root of the API. */
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Logger } from 'pino';
import packageJson from '../../package.json' with { type: 'json' };
import { startServer } from '../api/server.js';
import { DEFAULT_WEBSOCKET_LIMITS } from '../api/websocket/websocket-limits.js';
import type { Config } from '../config.js';
import { runRaceExperiment } from '../execution/race/race-experiment.js';
import { AccessTokens } from '../services/accounts/access-tokens.js';
import { AttemptLimiter } from '../services/accounts/attempt-limiter.js';
import { AuthService } from '../services/accounts/auth.service.js';
import { MessageBudget } from '../services/accounts/message-budget.js';
import { Passwords } from '../services/accounts/passwords.js';
import { BenchmarkService } from '../services/benchmarks/benchmark.service.js';
import { BenchmarkResults } from '../services/benchmarks/benchmark-results.js';
import { RaceService } from '../services/benchmarks/race.service.js';
import { DownloadLinks } from '../services/images/download-links.js';
import { Housekeeping } from '../services/images/housekeeping.js';
import { ImageService } from '../services/images/image.service.js';
import { removeOrphans } from '../services/images/orphans.js';
import { StorageBinding } from '../services/images/storage-binding.js';
import { JobService } from '../services/jobs/job.service.js';
import { ServerInfoService } from '../services/server-info.service.js';
import type { Services } from '../services/services.js';
import { Background } from './background.js';
import { type Infrastructure, type Overrides, openInfrastructure } from './infrastructure.js';
import { loadOrCreateSecret } from './jwt-secret.js';

export interface App {
  /** Where it is reached. */
  url: string;
  /** Stops accepting, lets what runs end, and closes everything in the order of its use. */
  close(): Promise<void>;
}

/** Migrates the database, starts the compute host, mends what a crash has left, serves the API and runs its jobs. */
export async function startApp(config: Config, logger: Logger, parts: Partial<Overrides> = {}): Promise<App> {
  const secret = config.jwtSecret ?? (await loadOrCreateSecret(config.dataDir));
  const infrastructure = await openInfrastructure(config, logger, parts);
  const background = new Background(config, infrastructure, parts);
  const unitOfWork = unitsOfWork(config, secret, infrastructure, () => background.benchmarks.wake());
  const binding = new StorageBinding(infrastructure, (warning) => logger.warn(warning));
  await binding.bind();
  const housekeeping = new Housekeeping(async (olderThan, signal) => {
    await unitOfWork().auth.removeExpired();
    if (await binding.holds())
      await removeOrphans(infrastructure.fork(), infrastructure.storage, olderThan, signal);
  }, infrastructure.onError);
  await housekeeping.start(infrastructure.pool === undefined);
  await background.reconcile();
  const links = new DownloadLinks(secret, config.downloadLinkSeconds);
  const { httpLimits } = parts;
  const server = await startServer({
    ...infrastructure,
    options: config,
    logger,
    links,
    unitOfWork,
    httpLimits,
    messages: new MessageBudget(DEFAULT_WEBSOCKET_LIMITS.maxMessagesPerMinute, infrastructure.pool),
  });
  if (config.workerInline) await background.start();

  const close = async (): Promise<void> => {
    await Promise.all([server.close(), background.close(), housekeeping.close()]);
    await infrastructure.close();
  };
  return { url: server.url, close };
}

/** Each unit of work has an EntityManager of its own and one set of services on it. */
function unitsOfWork(
  config: Config,
  secret: string,
  infrastructure: Infrastructure,
  wake: () => void,
): () => Services {
  // Pages that refresh whenever they are opened, and any client twice for each life of a token: more is no honest one.
  const perSession = 300 + Math.ceil((2 * 900) / config.accessTokenSeconds);
  const auth = {
    passwords: new Passwords(config.bcryptCost),
    accessTokens: new AccessTokens(secret, config.accessTokenSeconds),
    attempts: new AttemptLimiter({ perAccount: 10, perAddress: 100, perSession }, infrastructure.pool),
    sessionDays: config.sessionDays,
  };
  const { maxUploadBytes, maxBatchImages, maxWorkers } = config;
  const limits = { ...config.imaging, maxUploadBytes, maxBatchImages, maxWorkers };
  const engines = () => infrastructure.compute.engines();
  const database = infrastructure.pool ? 'POSTGRESQL' : 'SQLITE';
  const serverInfo = new ServerInfoService({ version: packageJson.version, database, limits }, engines);
  const images = { ...infrastructure, limits };
  const jobs = { ...infrastructure, limits: { ...limits, userJobItems: config.userJobItems }, engines };
  const benchmarks = { ...jobs, wake };
  return () => {
    const em: SqlEntityManager = infrastructure.fork();
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
