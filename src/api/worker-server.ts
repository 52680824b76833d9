import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Logger } from 'pino';
import type { Metrics } from '../metrics/metrics.js';
import { health } from './health.js';
import { metricsEndpoint } from './metrics.js';
import type { ApiServer } from './server.js';

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
  const server = app.listen(workerPort, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://${host}:${port}`, close };
}
