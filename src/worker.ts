/** The worker process: settings → app without the API → take chunks from the queue → drain on SIGTERM. */
import { keepCompiled } from './process/compile-cache.js';
import { requireNode } from './process/node-version.js';
import { loadOrEnd } from './process/package-errors.js';

requireNode();
keepCompiled();
// Only now: nothing else may be loaded on an older Node.
const { run } = await loadOrEnd(() => import('./process/lifecycle.js'));

await run(async (config, logger) => {
  // Here, so that a package that cannot be loaded is explained.
  const { startWorker } = await import('./app/worker-app.js');
  const worker = await startWorker(config, logger);
  const { url, outdated } = worker;
  return { greeting: `Worker      ${url}/health`, outdated, close: () => worker.close() };
});
