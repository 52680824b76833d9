import { exit } from 'node:process';
import type { Logger } from 'pino';
import { type Config, loadConfig } from '../config.js';
import { AppError } from '../errors.js';
import { createLogger } from './logger.js';

const DRAIN_DEADLINE_MS = 9_000;
/** Time for requests in progress after the delay in which they are still accepted. */
const AFTER_DELAY_MS = 6_000;

/** What runs until a signal ends it. */
export interface Running {
  /** Stops accepting and lets what runs end. */
  close(): Promise<void>;
}

/** The life of a process: settings → start → SIGTERM or SIGINT → drain → exit. */
export async function run(start: (config: Config, logger: Logger) => Promise<Running>): Promise<void> {
  try {
    const config = loadConfig();
    const logger = createLogger(config.logLevel);
    const running = await start(config, logger);
    let draining = false;
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      // Not once: npm passes on the SIGINT that a terminal has sent already, and without a listener the second would kill.
      process.on(signal, () => {
        if (draining) return;
        draining = true;
        logger.info({ signal }, 'draining');
        drain(running, config, logger);
      });
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    console.error(error.message);
    exit(1);
  }
}

function drain(running: Running, { shutdownDelayMs }: Config, logger: Logger): void {
  const deadline = Math.max(DRAIN_DEADLINE_MS, shutdownDelayMs + AFTER_DELAY_MS);
  setTimeout(() => {
    logger.error('draining took too long');
    exit(1);
  }, deadline).unref();
  running.close().then(
    () => exit(0),
    (error) => {
      logger.error({ err: error }, 'draining failed');
      exit(1);
    },
  );
}
