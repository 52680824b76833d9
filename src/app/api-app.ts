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
import { type Foundation, openFoundation, type Parts } from './infrastructure.js';
import { keptSecret } from './jwt-secret.js';

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
  const background = new Background(config, foundation, parts);
  const unitOfWork = unitsOfWork(config, secret, foundation, () => background.benchmarks.wake());
  const binding = new StorageBinding(foundation, (warning) => logger.warn(warning));
  await binding.bind();
  const housekeeping = new Housekeeping(async (olderThan, signal) => {
    await unitOfWork().auth.removeExpired();
    if (await binding.holds()) await removeOrphans(foundation.fork(), foundation.storage, olderThan, signal);
  }, foundation.onError);
  await housekeeping.start(foundation.pool === undefined);
  await background.mend();
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
  if (config.workerInline) await background.work();

  const close = async (): Promise<void> => {
    await Promise.all([server.close(), background.close(), housekeeping.close()]);
    await foundation.close();
  };
  return { url: server.url, close };
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
