/** The API process: settings → app → serve → drain on SIGTERM. */
import { exit, version, versions } from 'node:process';

const NODE_MAJOR = 24;
const DRAIN_DEADLINE_MS = 9_000;

// Before anything is loaded: on an older Node the native database driver ends in a segmentation fault.
if (Number.parseInt(versions.node, 10) < NODE_MAJOR) {
  console.error(
    `nogil-bench needs Node ${NODE_MAJOR}, this is ${version}: start it with \`npm start\`, which brings its own.`,
  );
  exit(1);
}

const { AppError } = await import('./errors.js');
const { loadConfig } = await import('./config.js');
const { startApp } = await import('./app.js');
const { createLogger } = await import('./logger.js');

try {
  const config = loadConfig();
  const logger = createLogger(config.logLevel);
  const app = await startApp(config, logger);
  console.log(`Playground  ${app.url}/playground\nAPI         ${app.url}/graphql`);

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      logger.info({ signal }, 'draining');
      setTimeout(() => {
        logger.error('draining took too long');
        exit(1);
      }, DRAIN_DEADLINE_MS).unref();
      app.close().then(
        () => exit(0),
        (error) => {
          logger.error({ err: error }, 'draining failed');
          exit(1);
        },
      );
    });
  }
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.error(error.message);
  exit(1);
}
