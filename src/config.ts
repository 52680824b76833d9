/**
 * Every setting: defaults, then the environment, then one check that names all problems at once.
 * This is the only file that reads `process.env`; `.env.example` describes each setting in a line.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { loadEnvFile } from 'node:process';
import { pathToFileURL } from 'node:url';
import { AppError } from './errors.js';
import { type Environment, environment, SETTINGS } from './settings/environment.js';
import { nearMisses } from './settings/near-misses.js';
import { environmentOfS3 } from './settings/s3-environment.js';

/** Lines of a message about a start that failed. */
const MAX_LINES = 4;

export type Config = Readonly<ReturnType<typeof fromEnvironment>>;

/**
 * Returns the settings of this process, from its environment and a file `.env`; the environment takes precedence. Throws
 * BAD_USER_INPUT that names every wrong setting in at most four lines.
 */
export function loadConfig(env: NodeJS.ProcessEnv = processEnvironment()): Config {
  return fromEnvironment(env);
}

function processEnvironment(): NodeJS.ProcessEnv {
  if (existsSync('.env')) loadEnvFile('.env');
  return process.env;
}

function fromEnvironment(env: NodeJS.ProcessEnv) {
  // An empty setting counts as unset, as in `PORT= npm start` or an untouched template.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  const problems = parsed.error?.issues.map(({ path, message }) => `${String(path[0])}: ${message}`) ?? [];
  if (given.NODE_ENV === 'production' && given.JWT_SECRET === undefined) {
    problems.push('JWT_SECRET: must be set in production, to a random text of at least 32 characters');
  }
  if (given.WORKER_INLINE === 'false' && !given.DATABASE_URL?.startsWith('postgres')) {
    problems.push(
      'WORKER_INLINE: must be true unless DATABASE_URL is postgresql://…, which workers can share',
    );
  }
  if (parsed.success && imagesInFlight(parsed.data) < parsed.data.WORKERS) {
    problems.push(`IMAGES_IN_FLIGHT: must be at least WORKERS (${parsed.data.WORKERS})`);
  }
  if (!parsed.success || problems.length > 0) {
    throw new AppError('BAD_USER_INPUT', inFourLines(problems));
  }

  const settings = parsed.data;
  return {
    ...serverConfig(settings),
    ...dataConfig(settings, given),
    ...accountConfig(settings),
    ...limitConfig(settings),
    ...computeConfig(settings),
    /** Messages about settings that are probably misspelt. */
    warnings: nearMisses(Object.keys(given), SETTINGS),
  };
}

/** Database and storage. `given`: the environment without empty settings. */
function dataConfig(settings: Environment, given: NodeJS.ProcessEnv) {
  const dataDir = resolve(settings.DATA_DIR);
  const databaseUrl = settings.DATABASE_URL ?? `sqlite://${dataDir}/nogil-bench.db`;
  const storageUrl = settings.STORAGE_URL ?? pathToFileURL(resolve(settings.MEDIA_DIR)).href;
  return {
    dataDir,
    databaseUrl,
    /** The setting that names the database, for messages. */
    databaseSetting: settings.DATABASE_URL === undefined ? ('DATA_DIR' as const) : ('DATABASE_URL' as const),
    databaseListenUrl: settings.DATABASE_LISTEN_URL,
    databaseWaitMs: settings.DATABASE_WAIT_SECONDS * 1_000,
    storageUrl,
    storageSetting: settings.STORAGE_URL === undefined ? ('MEDIA_DIR' as const) : ('STORAGE_URL' as const),
    storageEnvironment: URL.parse(storageUrl)?.protocol === 's3:' ? environmentOfS3(given) : {},
    storageLinks: settings.STORAGE_LINKS,
  };
}

/** The server: addresses, log and lifecycle. */
function serverConfig(settings: Environment) {
  return {
    production: settings.NODE_ENV === 'production',
    host: settings.HOST,
    port: settings.PORT,
    publicUrl: settings.PUBLIC_URL,
    trustProxy: settings.TRUST_PROXY,
    keepAliveSeconds: settings.KEEP_ALIVE_SECONDS,
    shutdownDelayMs: settings.SHUTDOWN_DELAY_MS ?? (settings.NODE_ENV === 'production' ? 3_000 : 0),
    allowedOrigins: settings.ALLOWED_ORIGINS,
    introspection: settings.INTROSPECTION ?? settings.NODE_ENV !== 'production',
    logLevel: settings.LOG_LEVEL,
    logFormat: settings.LOG_FORMAT,
    machineName: settings.MACHINE_NAME,
    metricsToken: settings.METRICS_TOKEN,
    tracing: isTraced(settings),
  };
}

/** Secrets, tokens and limits of sign-ins. */
function accountConfig(settings: Environment) {
  return {
    jwtSecret: settings.JWT_SECRET,
    accessTokenSeconds: settings.ACCESS_TOKEN_SECONDS,
    sessionDays: settings.SESSION_DAYS,
    downloadLinkSeconds: settings.DOWNLOAD_LINK_SECONDS,
    bcryptCost: settings.BCRYPT_COST,
    signIn: {
      windowSeconds: settings.SIGN_IN_WINDOW_SECONDS,
      failuresPerAccount: settings.SIGN_IN_FAILURES_PER_ACCOUNT,
      failuresPerAddress: settings.SIGN_IN_FAILURES_PER_ADDRESS,
      failuresBeforeDelay: settings.SIGN_IN_FAILURES_BEFORE_DELAY,
      delayMs: settings.SIGN_IN_DELAY_MS,
      maxDelayed: settings.SIGN_IN_MAX_DELAYED,
      knownAddressDays: settings.SIGN_IN_KNOWN_ADDRESS_DAYS,
      registrationsPerAddress: settings.REGISTRATIONS_PER_ADDRESS,
    },
  };
}

/** Limits of uploads, images, requests and users. */
function limitConfig(settings: Environment) {
  return {
    maxUploadBytes: settings.MAX_UPLOAD_BYTES,
    maxUploadFiles: settings.MAX_UPLOAD_FILES,
    imaging: {
      maxPixels: settings.MAX_PIXELS,
      maxFrames: settings.MAX_FRAMES,
      maxAnimationPixels: settings.MAX_ANIMATION_PIXELS,
      maxOperations: settings.MAX_OPERATIONS,
    },
    maxBatchImages: settings.MAX_BATCH_IMAGES,
    maxWorkers: settings.MAX_WORKERS,
    userQuotaBytes: settings.USER_QUOTA_BYTES,
    userJobItems: settings.USER_JOB_ITEMS,
    variantCacheBytes: settings.VARIANT_CACHE_BYTES,
    socketLimits: {
      maxSockets: settings.MAX_SOCKETS,
      maxSocketsPerUser: settings.MAX_SOCKETS_PER_USER,
      maxSubscriptionsPerSocket: settings.MAX_SUBSCRIPTIONS_PER_SOCKET,
      maxMessagesPerMinute: settings.MAX_SOCKET_MESSAGES_PER_MINUTE,
    },
  };
}

/** Images that SHARP computes at the same time: two for each worker by default (`npm run perf pools`). */
function imagesInFlight({ IMAGES_IN_FLIGHT, WORKERS }: Environment): number {
  return IMAGES_IN_FLIGHT ?? 2 * WORKERS;
}

/** The compute host and the background work. */
function computeConfig(settings: Environment) {
  return {
    tasksDir: settings.TASKS_DIR === undefined ? undefined : resolve(settings.TASKS_DIR),
    workers: settings.WORKERS,
    imagesInFlight: imagesInFlight(settings),
    workerInline: settings.WORKER_INLINE,
    workerPort: settings.WORKER_PORT,
    workerPool: settings.WORKER_POOL,
    computeMemoryMb: settings.COMPUTE_MEMORY_MB,
    workerMemoryMb: settings.WORKER_MEMORY_MB,
    maxWaiting: settings.MAX_WAITING,
    imageTimeoutMs: settings.IMAGE_TIMEOUT_MS,
    benchmarkNiceness: settings.BENCHMARK_NICENESS,
  };
}

/** Names every problem; describes at most three where there are more than four. */
function inFourLines(problems: readonly string[]): string {
  if (problems.length <= MAX_LINES) return problems.join('\n');
  const described = problems.slice(0, MAX_LINES - 1);
  const others = problems.slice(MAX_LINES - 1).map((problem) => problem.replace(/:.*/s, ''));
  return [...described, `Also wrong: ${others.join(', ')}`].join('\n');
}

/** Whether spans are sent, by OpenTelemetry's own variables. */
function isTraced(settings: Environment): boolean {
  const endpoint = settings.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? settings.OTEL_EXPORTER_OTLP_ENDPOINT;
  const exporter = settings.OTEL_TRACES_EXPORTER ?? (endpoint === undefined ? 'none' : 'otlp');
  return exporter === 'otlp' && !settings.OTEL_SDK_DISABLED;
}
