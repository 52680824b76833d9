/** The API process: settings → app → serve → drain on SIGTERM. */
import { keepCompiled } from './process/compile-cache.js';
import { requireNode } from './process/node-version.js';
import { loadOrEnd } from './process/package-errors.js';

requireNode();
keepCompiled();
// Only now: nothing else may be loaded on an older Node.
const { run } = await loadOrEnd(() => import('./process/lifecycle.js'));

await run(async (config, logger) => {
  // Here, so that a package that cannot be loaded is explained.
  const { startApp } = await import('./app/api-app.js');
  const app = await startApp(config, logger);
  return {
    greeting: `Web app     ${app.url}/\nPlayground  ${app.url}/playground\nAPI         ${app.url}/graphql`,
    close: () => app.close(),
  };
});
