import { createServer } from 'node:http';
import express from 'express';
import type { Logger } from 'pino';
import type { Metrics } from '../../metrics/metrics.js';
import type { ApiServer } from '../server.js';
import { health } from './health.js';
import { listenOn } from './listen-on.js';
import { metricsEndpoint } from './metrics-endpoint.js';

export interface WorkerServerDependencies {
  options: { host: string; workerPort: number; metricsToken: string | undefined; production: boolean };
  metrics: Metrics;
  logger: Logger;
  ready(): Promise<void>;
}

/** What a worker answers, for who watches over it: `/health`, `/ready` and `/metrics`. */
export async function startWorkerServer(deps: WorkerServerDependencies): Promise<ApiServer> {
  const { host, workerPort } = deps.options;
  const app = express().disable('x-powered-by');
  app.use(health(deps));
  app.use(metricsEndpoint(deps.metrics, deps.options));
  const server = createServer(app);
  const port = await listenOn(server, { host, port: workerPort }, 'WORKER_PORT');
  const close = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://${host}:${port}`, close };
}
