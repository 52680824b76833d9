import type { Logger } from 'pino';
import { isSqlite } from '../../mikro-orm.config.js';
import type { Config } from '../config.js';
import { PgBossQueue } from '../queue/pg-boss.queue.js';
import { openAppDatabase } from './database.js';
import { explainDatabase } from './start/database-start-errors.js';
import { step } from './start/start-error.js';

/** Migrates the database, and the tables of the queue. BAD_USER_INPUT, with cause and remedy, if it cannot be used. */
export async function migrateDatabase(config: Config, logger: Logger): Promise<void> {
  const { databaseUrl, databaseListenUrl = databaseUrl, databaseSetting } = config;
  const database = await openAppDatabase(config, logger, false);
  await database.close();
  if (isSqlite(databaseUrl)) return;
  const onError = (error: unknown) => logger.warn({ err: error }, 'unexpected error of the queue');
  await step(databaseSetting, explainDatabase(databaseUrl, databaseSetting), async () => {
    // pg-boss creates and migrates its tables when it is opened.
    const queue = await PgBossQueue.open(databaseUrl, onError, { listenUrl: databaseListenUrl });
    await queue.close();
  });
}
