/** The worker process: settings → app without the API → take chunks from the queue → drain on SIGTERM. */
import { requireNode } from './node-version.js';

requireNode();
// Only now: nothing else may be loaded on an older Node.
const { run } = await import('./run.js');
const { startWorker } = await import('./worker-app.js');

await run(async (config, logger) => {
  const worker = await startWorker(config, logger);
  console.log(`Worker      ${worker.url}/health`);
  return worker;
});
