/** The worker process: settings → app without the API → take chunks from the queue → drain on SIGTERM. */
import { requireNode } from './process/node-version.js';

requireNode();
// Only now: nothing else may be loaded on an older Node.
const { run } = await import('./process/lifecycle.js');
const { startWorker } = await import('./app/worker-app.js');

await run(async (config, logger) => {
  const worker = await startWorker(config, logger);
  console.log(`Worker      ${worker.url}/health`);
  return worker;
});
