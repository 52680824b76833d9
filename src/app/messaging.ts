/** Communication between processes: the queue of jobs and progress events. */
import type { SqlEntityManager } from '@mikro-orm/sql';
import type { Logger } from 'pino';
import { isSqlite } from '../../mikro-orm.config.js';
import type { Config } from '../config.js';
import type { Metrics } from '../metrics/metrics.js';
import { MemoryProgress } from '../progress/memory.progress.js';
import type { Progress } from '../progress/progress.js';
import { LocalQueue } from '../queue/local.queue.js';
import type { Queue } from '../queue/queue.js';
import type { Overrides } from './overrides.js';
import { explainDatabase } from './start/database-start-errors.js';
import { step } from './start/start-error.js';
import { untilReached } from './start/wait-for-postgresql.js';

export interface Messaging {
  queue: Queue;
  progress: Progress;
  close(): Promise<void>;
}

/** Opens the queue and the progress of one database; in memory if no other process shares it. */
export async function openMessaging(
  config: Config,
  logger: Logger,
  fork: () => SqlEntityManager,
  metrics: Metrics,
  overrides: Pick<Partial<Overrides>, 'openQueue' | 'openProgress'>,
): Promise<Messaging> {
  const opened = isSqlite(config.databaseUrl)
    ? { queue: new LocalQueue(fork), progress: new MemoryProgress() }
    : await openShared(config, logger, metrics);
  metrics.observeQueue(opened.queue);
  const queue = overrides.openQueue?.(fork) ?? opened.queue;
  const progress = overrides.openProgress?.() ?? opened.progress;
  const close = async () => {
    await Promise.all([progress.close(), queue.close(), opened.progress.close(), opened.queue.close()]);
  };
  return { queue, progress, close };
}

/** Loads pg-boss and the driver of PostgreSQL, which SQLite does not need. */
async function openShared(config: Config, logger: Logger, metrics: Metrics) {
  const { databaseUrl, databaseListenUrl = databaseUrl, databaseSetting, databaseWaitMs } = config;
  const onLost = (error: unknown) => logger.warn({ err: error }, 'PostgreSQL cannot be reached');
  const { PostgresqlProgress } = await import('../progress/postgresql.progress.js');
  const { PgBossQueue } = await import('../queue/pg-boss.queue.js');
  return step(databaseSetting, explainDatabase(databaseUrl, databaseSetting), async () => {
    const connect = () => PostgresqlProgress.connect(databaseListenUrl, onLost);
    const progress = await untilReached(connect, databaseWaitMs);
    let arriving: boolean | undefined;
    metrics.gauge('notifications_arrive', NOTIFICATIONS, [], (set) => {
      if (arriving !== undefined) set({}, Number(arriving));
    });
    // Until the first probe has ended, notifications may be lost without an error.
    progress.readOften(true);
    const onNotifications = (arrive: boolean) => {
      if (arrive === arriving) return;
      progress.readOften(!arrive);
      if (!arrive) logger.warn(SILENT);
      else if (arriving !== undefined) logger.info('notifications of PostgreSQL arrive');
      arriving = arrive;
    };
    const listening = { listenUrl: databaseListenUrl, onNotifications };
    const open = () => PgBossQueue.open(databaseUrl, onLost, listening);
    return { queue: await untilReached(open, databaseWaitMs), progress };
  });
}

const NOTIFICATIONS = 'Whether notifications of PostgreSQL reach this process: 1 or 0.';
const SILENT =
  'DATABASE_LISTEN_URL: notifications of PostgreSQL do not arrive, so rows are read every second instead. Behind a pooler ' +
  'such as PgBouncer in transaction mode, set DATABASE_LISTEN_URL to the address of the server itself';
