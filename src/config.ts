/**
 * Every setting: defaults, then the environment, then one check that names all problems at once.
 * This is the only file that reads `process.env`; `.env.example` describes each setting in a line.
 */
import { existsSync } from 'node:fs';
import { hostname } from 'node:os';
import { resolve } from 'node:path';
import { loadEnvFile } from 'node:process';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { AppError } from './errors.js';
import { availableProcessors } from './execution/machine/cpu-quota.js';
import { origins, publicUrl } from './process/web-addresses.js';
import { databaseAddress, postgresqlAddress } from './settings/database-address.js';
import { nearMisses } from './settings/near-misses.js';
import { environmentOfS3 } from './settings/s3-environment.js';
import { flag, oneOf, webAddress, wholeNumber } from './settings/values.js';

const KNOWN_DEFAULT_SECRETS = /^(change[-_ ]?me|secret|password|default|example|test|your[-_ ])/i;
const MIN_SECRET_LENGTH = 32;
/** Lines of a message about a start that failed. */
const MAX_LINES = 4;

const environment = z.object({
  NODE_ENV: oneOf('development', 'production', 'test').default('development'),
  HOST: z.string().default('localhost'),
  PORT: wholeNumber(0, 65_535).default(4000),
  PUBLIC_URL: publicUrl.optional(),
  TRUST_PROXY: wholeNumber(0, 10).default(0),
  KEEP_ALIVE_SECONDS: wholeNumber(1, 3_600).default(75),
  SHUTDOWN_DELAY_MS: wholeNumber(0, 120_000).optional(),
  ALLOWED_ORIGINS: origins.default([]),
  INTROSPECTION: flag.optional(),
  LOG_FORMAT: oneOf('auto', 'pretty', 'json').default('auto'),
  LOG_LEVEL: oneOf('trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent').default('info'),
  MACHINE_NAME: z.string().max(255, 'must have at most 255 characters').default(hostname()),
  DATA_DIR: z.string().default('data'),
  MEDIA_DIR: z.string().default('media'),
  TASKS_DIR: z.string().optional(),
  STORAGE_URL: z
    .url({ protocol: /^(file|s3)$/, error: 'must be file:///absolute/folder or s3://bucket/prefix' })
    .optional(),
  STORAGE_LINKS: oneOf('stream', 'redirect').default('stream'),
  DATABASE_URL: databaseAddress.optional(),
  DATABASE_LISTEN_URL: postgresqlAddress.optional(),
  DATABASE_WAIT_SECONDS: wholeNumber(0, 600).default(20),
  JWT_SECRET: z
    .string()
    .min(MIN_SECRET_LENGTH, `must have at least ${MIN_SECRET_LENGTH} characters`)
    .refine((value) => !KNOWN_DEFAULT_SECRETS.test(value), 'must not be a known default')
    .optional(),
  METRICS_TOKEN: z.string().min(16, 'must have at least 16 characters').optional(),
  ACCESS_TOKEN_SECONDS: wholeNumber(1, 86_400).default(900),
  SESSION_DAYS: wholeNumber(1, 365).default(30),
  DOWNLOAD_LINK_SECONDS: wholeNumber(1, 604_800).default(3_600),
  BCRYPT_COST: wholeNumber(12, 16).default(12),
  SIGN_IN_WINDOW_SECONDS: wholeNumber(1, 86_400).default(900),
  SIGN_IN_FAILURES_PER_ACCOUNT: wholeNumber(1, 1_000_000).default(10),
  SIGN_IN_FAILURES_PER_ADDRESS: wholeNumber(1, 1_000_000).default(100),
  SIGN_IN_FAILURES_BEFORE_DELAY: wholeNumber(1, 1_000_000).default(50),
  SIGN_IN_DELAY_MS: wholeNumber(0, 60_000).default(2_000),
  SIGN_IN_MAX_DELAYED: wholeNumber(1, 10_000).default(20),
  SIGN_IN_KNOWN_ADDRESS_DAYS: wholeNumber(1, 365).default(30),
  REGISTRATIONS_PER_ADDRESS: wholeNumber(1, 1_000_000).default(300),
  MAX_UPLOAD_BYTES: wholeNumber(1_024, 1_073_741_824).default(20 * 1024 * 1024),
  MAX_UPLOAD_FILES: wholeNumber(1, 100).default(20),
  MAX_PIXELS: wholeNumber(1, 1_000_000_000).default(50_000_000),
  MAX_FRAMES: wholeNumber(1, 20_000).default(1_000),
  MAX_ANIMATION_PIXELS: wholeNumber(1, 10_000_000_000).default(150_000_000),
  MAX_OPERATIONS: wholeNumber(1, 100).default(10),
  // As many ids as a request of 100 kB holds.
  MAX_BATCH_IMAGES: wholeNumber(1, 2_000).default(1_000),
  MAX_WORKERS: wholeNumber(1, 128).default(16),
  USER_QUOTA_BYTES: wholeNumber(1_024, Number.MAX_SAFE_INTEGER).default(10 * 1024 ** 3),
  USER_JOB_ITEMS: wholeNumber(1, 1_000_000_000).default(100_000),
  VARIANT_CACHE_BYTES: wholeNumber(0, Number.MAX_SAFE_INTEGER).default(1024 ** 3),
  WORKERS: wholeNumber(1, 128).default(() => Math.min(128, availableProcessors())),
  WORKER_INLINE: flag.default(true),
  WORKER_PORT: wholeNumber(0, 65_535).default(4001),
  WORKER_POOL: oneOf('THREADS', 'PROCESSES').default('THREADS'),
  WORKER_MEMORY_MB: wholeNumber(64, 65_536).default(1_024),
  COMPUTE_MEMORY_MB: wholeNumber(256, 1_048_576).optional(),
  MAX_WAITING: wholeNumber(0, 100_000).default(256),
  IMAGE_TIMEOUT_MS: wholeNumber(100, 3_600_000).default(30_000),
  OTEL_EXPORTER_OTLP_ENDPOINT: webAddress.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: webAddress.optional(),
  OTEL_TRACES_EXPORTER: oneOf('otlp', 'none').optional(),
  OTEL_SDK_DISABLED: flag.default(false),
});

/** The name of every setting; `.env.example` has them all. */
export const SETTINGS: readonly string[] = Object.keys(environment.shape);

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
  if (!parsed.success || problems.length > 0) {
    throw new AppError('BAD_USER_INPUT', inFourLines(problems));
  }

  const settings = parsed.data;
  const dataDir = resolve(settings.DATA_DIR);
  const databaseUrl = settings.DATABASE_URL ?? `sqlite://${dataDir}/nogil-bench.db`;
  const storageUrl = settings.STORAGE_URL ?? pathToFileURL(resolve(settings.MEDIA_DIR)).href;
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
    dataDir,
    databaseUrl,
    /** The setting that decides where the database is: what a message about it names. */
    databaseSetting: settings.DATABASE_URL === undefined ? ('DATA_DIR' as const) : ('DATABASE_URL' as const),
    databaseListenUrl: settings.DATABASE_LISTEN_URL,
    databaseWaitMs: settings.DATABASE_WAIT_SECONDS * 1_000,
    storageUrl,
    storageSetting: settings.STORAGE_URL === undefined ? ('MEDIA_DIR' as const) : ('STORAGE_URL' as const),
    storageEnvironment: URL.parse(storageUrl)?.protocol === 's3:' ? environmentOfS3(given) : {},
    storageLinks: settings.STORAGE_LINKS,
    tasksDir: settings.TASKS_DIR === undefined ? undefined : resolve(settings.TASKS_DIR),
    jwtSecret: settings.JWT_SECRET,
    metricsToken: settings.METRICS_TOKEN,
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
    workers: settings.WORKERS,
    workerInline: settings.WORKER_INLINE,
    workerPort: settings.WORKER_PORT,
    workerPool: settings.WORKER_POOL,
    computeMemoryMb: settings.COMPUTE_MEMORY_MB,
    workerMemoryMb: settings.WORKER_MEMORY_MB,
    maxWaiting: settings.MAX_WAITING,
    imageTimeoutMs: settings.IMAGE_TIMEOUT_MS,
    tracing: isTraced(settings),
    /** What looks wrong and does not prevent a start: one message each. */
    warnings: nearMisses(Object.keys(given), SETTINGS),
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
function isTraced(settings: z.infer<typeof environment>): boolean {
  const endpoint = settings.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ?? settings.OTEL_EXPORTER_OTLP_ENDPOINT;
  const exporter = settings.OTEL_TRACES_EXPORTER ?? (endpoint === undefined ? 'none' : 'otlp');
  return exporter === 'otlp' && !settings.OTEL_SDK_DISABLED;
}
