/** The API process: settings → app → serve → drain on SIGTERM. */
import { requireNode } from './process/node-version.js';

requireNode();
// Only now: nothing else may be loaded on an older Node.
const { run } = await import('./process/lifecycle.js');
const { startApp } = await import('./app/api-app.js');

await run(async (config, logger) => {
  const app = await startApp(config, logger);
  console.log(`Playground  ${app.url}/playground\nAPI         ${app.url}/graphql`);
  return app;
});
