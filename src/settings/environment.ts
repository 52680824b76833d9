import { hostname } from 'node:os';
import { z } from 'zod';
import { availableProcessors } from '../execution/machine/cpu-quota.js';
import { origins, publicUrl } from '../process/web-addresses.js';
import { databaseAddress, postgresqlAddress } from './database-address.js';
import { flag, oneOf, webAddress, wholeNumber } from './values.js';

const KNOWN_DEFAULT_SECRETS = /^(change[-_ ]?me|secret|password|default|example|test|your[-_ ])/i;
const MIN_SECRET_LENGTH = 32;

/** Type, limits and default of every setting; `.env.example` describes them. */
export const environment = z.object({
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
  MAX_SOCKETS: wholeNumber(1, 100_000).default(1_000),
  MAX_SOCKETS_PER_USER: wholeNumber(1, 100_000).default(10),
  MAX_SUBSCRIPTIONS_PER_SOCKET: wholeNumber(1, 10_000).default(20),
  MAX_SOCKET_MESSAGES_PER_MINUTE: wholeNumber(1, 1_000_000).default(300),
  VARIANT_CACHE_BYTES: wholeNumber(0, Number.MAX_SAFE_INTEGER).default(1024 ** 3),
  WORKERS: wholeNumber(1, 128).default(() => Math.min(128, availableProcessors())),
  IMAGES_IN_FLIGHT: wholeNumber(1, 512).optional(),
  WORKER_INLINE: flag.default(true),
  WORKER_PORT: wholeNumber(0, 65_535).default(4001),
  WORKER_POOL: oneOf('THREADS', 'PROCESSES').default('THREADS'),
  WORKER_MEMORY_MB: wholeNumber(64, 65_536).default(1_024),
  COMPUTE_MEMORY_MB: wholeNumber(256, 1_048_576).optional(),
  MAX_WAITING: wholeNumber(0, 100_000).default(256),
  IMAGE_TIMEOUT_MS: wholeNumber(100, 3_600_000).default(30_000),
  BENCHMARK_NICENESS: wholeNumber(0, 19).default(7),
  OTEL_EXPORTER_OTLP_ENDPOINT: webAddress.optional(),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: webAddress.optional(),
  OTEL_TRACES_EXPORTER: oneOf('otlp', 'none').optional(),
  OTEL_SDK_DISABLED: flag.default(false),
});

export type Environment = z.infer<typeof environment>;

/** The name of every setting; `.env.example` has them all. */
export const SETTINGS: readonly string[] = Object.keys(environment.shape);
