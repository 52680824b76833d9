/** Brings the database to the newest schema and ends: for deployments that migrate before they start anything else. */
import { keepCompiled } from './process/compile-cache.js';
import { requireNode } from './process/node-version.js';
import { loadOrEnd } from './process/package-errors.js';

requireNode();
keepCompiled();
// Only now: nothing else may be loaded on an older Node.
const { runTask } = await loadOrEnd(() => import('./process/lifecycle.js'));

await runTask(async (config, logger) => {
  // Here, so that a package that cannot be loaded is explained.
  const { migrateDatabase } = await import('./app/migrate-database.js');
  await migrateDatabase(config, logger);
});
