/** The composition root of a worker. It does not load the API, so that a worker starts quickly. */
import type { Logger } from 'pino';
import { isSqlite } from '../../mikro-orm.config.js';
import { assertFree } from '../api/http/listen-on.js';
import { startWorkerServer } from '../api/probes/worker-server.js';
import type { Config } from '../config.js';
import { AppError } from '../errors.js';
import { Background } from './background.js';
import { openInfrastructure } from './infrastructure.js';
import type { Overrides } from './overrides.js';
import { explainListening } from './start/listen-start-errors.js';
import { step } from './start/start-error.js';

export interface WorkerApp {
  /** Address of its probes and metrics. */
  url: string;
  /** Resolves with the reason when this worker can run no more jobs, because a newer release has taken over. */
  outdated: Promise<string>;
  /** Stops claiming, waits for running work or releases it, then closes everything else. */
  close(): Promise<void>;
}

/** Runs jobs and benchmarks for the APIs of a shared database. BAD_USER_INPUT on SQLite. */
export async function startWorker(
  config: Config,
  logger: Logger,
  overrides: Partial<Overrides> = {},
): Promise<WorkerApp> {
  if (isSqlite(config.databaseUrl)) {
    throw AppError.badInput('DATABASE_URL', 'must be postgresql://… for a worker: SQLite serves one process');
  }
  const { host, workerPort: port } = config;
  await step('HOST', explainListening(host), () => assertFree({ host, port }, 'WORKER_PORT'));
  const infrastructure = await openInfrastructure(config, logger, overrides);
  const background = new Background(config, infrastructure, overrides);
  await background.reconcile();
  await background.start();
  const { metrics, ready, release } = infrastructure;
  const server = await step('HOST', explainListening(config.host), () =>
    startWorkerServer({ metrics, ready, options: config, logger }),
  );

  const close = async (): Promise<void> => {
    await background.close();
    await server.close();
    await infrastructure.close();
  };
  const outdated = release.outdated.then(
    (reason) =>
      `DATABASE_URL: ${reason}. This worker stops, and other workers run its jobs; start the newer release`,
  );
  return { url: server.url, outdated, close };
}
