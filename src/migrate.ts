/** Brings the database to the newest schema and ends: for deployments that do so before they start anything else. */
import 'reflect-metadata';
import { isSqlite } from '../mikro-orm.config.js';
import { loadConfig } from './config.js';
import { openDatabase } from './database/open-database.js';
import { AppError } from './errors.js';
import { PgBossQueue } from './queue/pg-boss.queue.js';

try {
  const { databaseUrl } = loadConfig();
  const orm = await openDatabase(databaseUrl);
  await orm.close();
  // The queue's tables are pg-boss's own, which it makes and brings up to date when it is opened.
  if (!isSqlite(databaseUrl)) await (await PgBossQueue.open(databaseUrl, console.error)).close();
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
