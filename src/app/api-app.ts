/** The composition root of the API. */
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Logger } from 'pino';
import packageJson from '../../package.json' with { type: 'json' };
import { startServer } from '../api/server.js';
import { DEFAULT_WEBSOCKET_LIMITS } from '../api/websocket/websocket-limits.js';
import type { Config } from '../config.js';
import { runRaceExperiment } from '../execution/race/race-experiment.js';
import { AccountRemoval } from '../services/accounts/account-removal.js';
import { MessageBudget } from '../services/accounts/message-budget.js';
import { BenchmarkService } from '../services/benchmarks/benchmark.service.js';
import { BenchmarkResults } from '../services/benchmarks/benchmark-results.js';
import { ownedBenchmarks } from '../services/benchmarks/owned-benchmarks.js';
import { RaceService } from '../services/benchmarks/race.service.js';
import { DownloadLinks } from '../services/images/download-links.js';
import { Housekeeping } from '../services/images/housekeeping.js';
import { ImageService } from '../services/images/image.service.js';
import { removeOrphans } from '../services/images/orphans.js';
import { ownedImages } from '../services/images/owned-images.js';
import { StorageBinding } from '../services/images/storage-binding.js';
import { JobService } from '../services/jobs/job.service.js';
import { ownedJobs } from '../services/jobs/owned-jobs.js';
import { ServerInfoService } from '../services/server-info.service.js';
import type { Services } from '../services/services.js';
import { accountServices } from './account-services.js';
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
  const removal = accountRemoval(infrastructure, (userId, id) => unitOfWork().jobs.cancel(userId, id));
  const accounts = accountServices(config, secret, infrastructure, removal);
  const unitOfWork = unitsOfWork(config, infrastructure, accounts, () => background.benchmarks.wake());
  const binding = new StorageBinding(infrastructure, (warning) => logger.warn(warning));
  await binding.bind();
  const housekeeping = new Housekeeping(async (olderThan, signal) => {
    await unitOfWork().sessions.removeExpired();
    await unitOfWork().apiTokens.removeExpired();
    if (await binding.holds())
      await removeOrphans(infrastructure.fork(), infrastructure.storage, olderThan, signal);
  }, infrastructure.onError);
  await housekeeping.start(infrastructure.pool === undefined);
  await background.reconcile();
  await removal.start();
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
    await Promise.all([server.close(), background.close(), housekeeping.close(), removal.close()]);
    await infrastructure.close();
  };
  return { url: server.url, close };
}

/** Each unit of work has an EntityManager of its own and one set of services on it. */
function unitsOfWork(
  config: Config,
  infrastructure: Infrastructure,
  accounts: ReturnType<typeof accountServices>,
  wake: () => void,
): () => Services {
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
      ...accounts(em),
      images: new ImageService(em, images),
      jobs: new JobService(em, jobs),
      benchmarks: new BenchmarkService(em, benchmarks),
      benchmarkResults: new BenchmarkResults(em),
      races: new RaceService(em, runRaceExperiment),
      serverInfo,
    };
  };
}

/** Removes what deleted users own: work first, so that nothing is added to what goes after it. */
function accountRemoval(
  infrastructure: Infrastructure,
  cancelJob: (userId: string, id: string) => Promise<unknown>,
): AccountRemoval {
  const { fork, onError } = infrastructure;
  const owned = [
    ownedJobs({ ...infrastructure, cancel: cancelJob }),
    ownedBenchmarks(infrastructure),
    ownedImages(infrastructure),
  ];
  return new AccountRemoval({ fork, owned, onError });
}
