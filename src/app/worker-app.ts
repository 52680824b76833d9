/** The composition root of a worker. It does not load the API: a worker is to be there soon. */
import type { Logger } from 'pino';
import { isSqlite } from '../../mikro-orm.config.js';
import { startWorkerServer } from '../api/http/worker-server.js';
import type { Config } from '../config.js';
import { AppError } from '../errors.js';
import { Background } from './background.js';
import { openInfrastructure } from './infrastructure.js';

export interface WorkerApp {
  /** Where its health is asked for. */
  url: string;
  /** Takes nothing more, lets what runs end or puts it back, and closes everything in the order of its use. */
  close(): Promise<void>;
}

/** Runs jobs and benchmarks for APIs elsewhere. BAD_USER_INPUT where the database is not one that processes can share. */
export async function startWorker(config: Config, logger: Logger): Promise<WorkerApp> {
  if (isSqlite(config.databaseUrl)) {
    throw new AppError('BAD_USER_INPUT', 'DATABASE_URL: a worker of its own needs postgresql://…');
  }
  const infrastructure = await openInfrastructure(config, logger, {});
  const background = new Background(config, infrastructure, {});
  await background.reconcile();
  await background.start();
  const server = await startWorkerServer({ ...infrastructure, options: config, logger });

  const close = async (): Promise<void> => {
    await background.close();
    await server.close();
    await infrastructure.close();
  };
  return { url: server.url, close };
}
