/** The composition root of the API. */
import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import packageJson from '../../package.json' with { type: 'json' };
import { SessionChecks } from '../api/graphql/session-checks.js';
import { assertFree } from '../api/http/listen-on.js';
import { availableProcessors } from '../benchmark/measure/meters/processors.js';
import type { Config } from '../config.js';
import { runRaceExperiment } from '../execution/race/race-experiment.js';
import { TaskFolder } from '../execution/tasks/task-folder.js';
import { AccountRemoval } from '../services/accounts/account-removal.js';
import { MessageBudget } from '../services/accounts/message-budget.js';
import { BenchmarkService } from '../services/benchmarks/benchmark.service.js';
import { BenchmarkFeeds } from '../services/benchmarks/benchmark-feed.js';
import { BenchmarkResults } from '../services/benchmarks/benchmark-results.js';
import { ownedBenchmarks } from '../services/benchmarks/owned-benchmarks.js';
import { RaceService, type RunRace } from '../services/benchmarks/race.service.js';
import { DownloadLinks } from '../services/images/download-links.js';
import { Housekeeping } from '../services/images/housekeeping.js';
import { ImageService } from '../services/images/image.service.js';
import { removeOrphans } from '../services/images/orphans.js';
import { ownedImages } from '../services/images/owned-images.js';
import { PresetService } from '../services/images/preset.service.js';
import { VariantService } from '../services/images/variants/variant.service.js';
import { VariantCache } from '../services/images/variants/variant-cache.js';
import { removeVariantOrphans } from '../services/images/variants/variant-orphans.js';
import { JobService } from '../services/jobs/job.service.js';
import { JobFeeds } from '../services/jobs/job-feed.js';
import { ownedJobs } from '../services/jobs/owned-jobs.js';
import { ServerInfoService } from '../services/server-info.service.js';
import type { Services } from '../services/services.js';
import { auditUsage } from '../services/shared/usage-ledger.js';
import { accountServices } from './account-services.js';
import { Background } from './background.js';
import { type Infrastructure, openInfrastructure } from './infrastructure.js';
import { type Overrides, turnsOf } from './overrides.js';
import { explainFolder } from './start/file-start-errors.js';
import { loadOrCreateSecret } from './start/jwt-secret.js';
import { explainListening } from './start/listen-start-errors.js';
import { step } from './start/start-error.js';
import { unitsOfWorkOf } from './unit-of-work.js';

export interface App {
  /** Address for clients. */
  url: string;
  /** Stops accepting, waits for running work, then closes everything else. */
  close(): Promise<void>;
}

/** Opens the infrastructure, recovers from crashes, serves the API and runs its jobs. */
export async function startApp(
  config: Config,
  logger: Logger,
  overrides: Partial<Overrides> = {},
): Promise<App> {
  await step('HOST', explainListening(config.host), () => assertFree(config, 'PORT'));
  // The server is loaded while the compute host starts, and not before settings, database and storage have been checked.
  let loading: Promise<typeof import('../api/server.js')> | undefined;
  const load = () => {
    loading ??= import('../api/server.js');
    return loading;
  };
  const infrastructure = await openInfrastructure(config, logger, overrides, load);
  const { fork, pool, storage, compute, metrics, release, ready, onError } = infrastructure;
  const secret = config.jwtSecret ?? (await secretOf(config, infrastructure.databaseId));
  const background = new Background(config, infrastructure, overrides);
  const removal = accountRemoval(infrastructure, (userId, id) => unitOfWork().jobs.cancel(userId, id));
  const accounts = accountServices(config, secret, infrastructure, removal);
  const unitOfWork = unitsOfWork(config, infrastructure, accounts, overrides, () =>
    background.benchmarks.wake(),
  );
  const housekeeping = housekeepingOf(infrastructure, unitOfWork);
  const variants = new VariantCache({
    ...{ fork, storage, compute, onError },
    maxBytes: config.variantCacheBytes,
    // While some are computed, the sources of others are read and results are stored.
    computedAtOnce: 2 * config.imagesInFlight,
    flushMs: overrides.variantFlushMs,
  });
  await housekeeping.start(pool === undefined);
  await background.reconcile();
  await removal.start();
  const { startServer } = await load();
  const server = await step('HOST', explainListening(config.host), () =>
    startServer({
      ...{ metrics, ready, logger, unitOfWork, variants },
      options: config,
      sessionChecks: new SessionChecks((viewers) => unitOfWork().auth.areLive(viewers)),
      links: new DownloadLinks(secret, config.downloadLinkSeconds),
      httpLimits: overrides.httpLimits,
      messages: new MessageBudget(config.socketLimits.maxMessagesPerMinute, pool),
    }),
  );
  variants.eviction.start();
  if (config.workerInline) await background.start();
  void release.outdated.then((reason) =>
    logger.warn(
      `DATABASE_URL: ${reason}. This server still answers requests but runs no more jobs; replace it`,
    ),
  );

  const close = async (): Promise<void> => {
    await Promise.all([server.close(), background.close(), housekeeping.close(), removal.close()]);
    await variants.close();
    await infrastructure.close();
  };
  return { url: server.url, close };
}

/** Removes expired rows and files without a row, and audits the usage of users. */
function housekeepingOf(
  { fork, storage, binding, release, onError }: Infrastructure,
  unitOfWork: () => Services,
): Housekeeping {
  return new Housekeeping(async (olderThan, signal) => {
    // Files of a newer release may look like files without a row.
    if (!(await release.isCurrent())) return;
    await unitOfWork().sessions.removeExpired();
    await unitOfWork().apiTokens.removeExpired();
    await auditUsage(fork, signal);
    if (!(await binding.holds())) return;
    await removeOrphans(fork(), storage, olderThan, signal);
    await removeVariantOrphans(fork(), storage, olderThan, signal);
  }, onError);
}

/** A database in memory ends with the process, and so do its tokens and links. */
function secretOf({ databaseUrl, dataDir }: Config, databaseId: string): Promise<string> {
  if (databaseUrl.endsWith(':memory:')) return Promise.resolve(randomBytes(48).toString('base64url'));
  return step('DATA_DIR', explainFolder(dataDir, 'DATA_DIR'), () => loadOrCreateSecret(dataDir, databaseId));
}

/** Each unit of work has its own EntityManager and one set of services on it. */
function unitsOfWork(
  config: Config,
  infrastructure: Infrastructure,
  accounts: ReturnType<typeof accountServices>,
  overrides: Partial<Overrides>,
  wake: () => void,
): () => Services {
  const { maxUploadBytes, maxBatchImages, maxWorkers } = config;
  const limits = { ...config.imaging, maxUploadBytes, maxBatchImages, maxWorkers };
  const engines = () => infrastructure.compute.engines();
  const database = infrastructure.pool ? 'POSTGRESQL' : 'SQLITE';
  const tasks = new TaskFolder(config.tasksDir);
  const facts = { version: packageJson.version, database, limits } as const;
  const serverInfo = new ServerInfoService(facts, { engines, tasks: () => tasks.names() });
  const { fork, storage, presigner, compute, queue, progress, quota, onError } = infrastructure;
  const images = { fork, storage, presigner, compute, quota, onError, limits };
  const jobLimits = { ...limits, userJobItems: config.userJobItems };
  const jobs = {
    ...{ fork, storage, queue, progress, quota, onError, limits: jobLimits, engines },
    feeds: new JobFeeds({ fork, progress }),
  };
  const benchmarks = {
    ...jobs,
    feeds: new BenchmarkFeeds({ fork, progress }),
    appVersion: packageJson.version,
    processors: availableProcessors(),
    tasks,
    wake,
  };
  const { processors } = benchmarks;
  const runRace: RunRace = (input) => runRaceExperiment(input, { niceness: config.benchmarkNiceness });
  const races = { runRace: overrides.runRace ?? runRace, processors, turns: turnsOf(overrides), onError };
  return unitsOfWorkOf<Services>(fork, {
    ...accounts,
    images: (em) => new ImageService(em, images),
    presets: (em) => new PresetService(em, { limits, engines }),
    variants: (_em, { presets }) => new VariantService(presets, { limits, engines }),
    jobs: (em) => new JobService(em, jobs),
    benchmarks: (em) => new BenchmarkService(em, benchmarks),
    benchmarkResults: (em) => new BenchmarkResults(em),
    races: (em) => new RaceService(em, races),
    serverInfo: () => serverInfo,
  });
}

/** Order of removal for deleted users: jobs and benchmarks first, because they create images. */
function accountRemoval(
  infrastructure: Infrastructure,
  cancelJob: (userId: string, id: string) => Promise<unknown>,
): AccountRemoval {
  const { fork, progress, release, onError } = infrastructure;
  const owned = [
    ownedJobs({ fork, progress, cancel: cancelJob }),
    ownedBenchmarks(infrastructure),
    ownedImages(infrastructure),
  ];
  return new AccountRemoval({ fork, owned, release, onError });
}
