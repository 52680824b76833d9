import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { temporaryFilesInMemory } from './servers/memory-folder.js';
import { createDatabase } from './servers/postgres-databases.js';
import { PostgresServer } from './servers/postgres-server.js';
import { programFile } from './servers/programs.js';

const SETUP = new URL('../../../scripts/setup.mjs', import.meta.url).href;

/** Bytes that must be free in memory for temporary files there: several times what a run uses at once. */
const TEMPORARY_BYTES = 4 * 2 ** 30;

/**
 * Bundles the programs if compiled modules have changed. Starts one PostgreSQL for the whole run, unless TEST_DATABASE_URL
 * names a server, and migrates a database there that tests copy. The server ends with the process of the run; in watch mode
 * it is used again. Temporary files are in memory where it has room.
 */
export default async function setup(): Promise<void> {
  const { bundlePrograms, bundleFaults } = await import(SETUP);
  bundlePrograms();
  bundleFaults();
  process.env.TEST_DATABASE_URL ??= (await PostgresServer.start()).url;
  const template = `template_${crypto.randomUUID()}`;
  const url = await createDatabase(template);
  const env = { ...process.env, DATABASE_URL: url };
  await promisify(execFile)(process.execPath, [programFile('migrate')], { env });
  process.env.TEST_DATABASE_TEMPLATE = template;
  // Last, because the server, which keeps files there, outlives this folder.
  const folder = temporaryFilesInMemory(TEMPORARY_BYTES);
  if (folder !== undefined) process.env.TMPDIR = folder;
}
