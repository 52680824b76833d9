/** Brings the database to the newest schema and ends: for deployments that do so before they start anything else. */
import 'reflect-metadata';
import { loadConfig } from './config.js';
import { openDatabase } from './database.js';
import { AppError } from './errors.js';

try {
  const orm = await openDatabase(loadConfig().databaseUrl);
  await orm.close();
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
