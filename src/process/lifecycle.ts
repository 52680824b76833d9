import { exit } from 'node:process';
import type { Logger } from 'pino';
import { type Config, loadConfig } from '../config.js';
import { AppError } from '../errors.js';
import { processLog } from './log-destination.js';
import { createLogger, formatterOf } from './logger.js';
import { explainPackage } from './package-errors.js';

/** A supervisor waits ten seconds between SIGTERM and SIGKILL, and the log is flushed after this. */
const DRAIN_DEADLINE_MS = 9_000;
/** Time for requests in progress after the delay in which they are still accepted. */
const AFTER_DELAY_MS = 6_000;
const FLUSH_MS = 500;

/** A process that runs until a signal ends it. */
export interface Running {
  /** Lines for the terminal, such as the addresses that it serves. */
  greeting: string;
  /** Resolves with the reason when the process has to end without a signal. */
  outdated?: Promise<string>;
  /** Stops accepting and lets what runs end. */
  close(): Promise<void>;
}

/** Runs a process: settings → start → SIGTERM or SIGINT → drain → exit. */
export async function run(start: (config: Config, logger: Logger) => Promise<Running>): Promise<void> {
  await orExplain(async (config, logger) => {
    // The addresses are the first lines on a terminal; a normal start logs nothing.
    if (config.logLevel === 'info') logger.level = 'warn';
    const running = await start(config, logger);
    processLog.write(`${running.greeting}\n`);
    logger.level = config.logLevel;
    let draining = false;
    const drainOnce = (code: number) => {
      if (!draining) void drain(running, config, logger, code);
      draining = true;
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      // Not `once`: npm forwards the SIGINT that the terminal has already sent, and without a listener the second
      // would kill.
      process.on(signal, () => {
        if (!draining) logger.info({ signal }, 'draining');
        drainOnce(0);
      });
    }
    void running.outdated?.then((reason) => {
      logger.error(reason);
      drainOnce(1);
    });
  });
}

/** Runs a process that ends by itself: settings → task → exit. */
export async function runTask(task: (config: Config, logger: Logger) => Promise<void>): Promise<void> {
  await orExplain(task);
  await end(0);
}

/** Ends the process with code 1 and at most four lines, without a stack, if the work fails. */
async function orExplain(work: (config: Config, logger: Logger) => Promise<void>): Promise<void> {
  let config: Config | undefined;
  try {
    config = loadConfig();
    // Only the user of this process can read its files and folders, including those that SQLite creates.
    process.umask(0o077);
    const logger = createLogger(config.logLevel, processLog, await formatterOf(config.logFormat));
    logWarnings(logger);
    await work(config, logger);
    for (const warning of config.warnings) logger.warn(warning);
  } catch (error) {
    console.error(explain(error));
    if (config?.warnings[0]) console.error(config.warnings[0]);
    if (config && ['debug', 'trace'].includes(config.logLevel)) console.error(error);
    await end(1);
  }
}

/** Logs the first line of what Node and packages warn of; Node itself would print all of it to the terminal. */
function logWarnings(logger: Logger): void {
  process.removeAllListeners('warning');
  process.on('warning', ({ name, message, stack }) => {
    logger.warn({ warning: name }, message.split('\n', 1)[0]);
    logger.debug({ stack }, 'warning');
  });
}

function explain(error: unknown): string {
  const packages = explainPackage(error);
  if (packages !== undefined) return packages;
  if (error instanceof AppError) return error.message;
  const [firstLine] = String(error instanceof Error ? error.message : error).split('\n', 1);
  return `The start failed: ${firstLine}\nSet LOG_LEVEL=debug for the stack.`;
}

/** Ends the process with the code, or with 1 if it cannot close cleanly. */
async function drain(
  running: Running,
  { shutdownDelayMs }: Config,
  logger: Logger,
  code: number,
): Promise<void> {
  const deadlineMs = Math.max(DRAIN_DEADLINE_MS, shutdownDelayMs + AFTER_DELAY_MS);
  const deadline = setTimeout(() => {
    logger.error('draining took too long');
    void end(1);
  }, deadlineMs);
  try {
    await running.close();
    clearTimeout(deadline);
    await end(code);
  } catch (error) {
    logger.error({ err: error }, 'draining failed');
    await end(1);
  }
}

async function end(code: number): Promise<void> {
  await processLog.flush(FLUSH_MS);
  exit(code);
}
