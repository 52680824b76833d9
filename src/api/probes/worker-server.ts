import express from 'express';
import type { Logger } from 'pino';
import type { Metrics } from '../../metrics/metrics.js';
import { DEFAULT_HTTP_LIMITS } from '../http/http-limits.js';
import { createHttpServer } from '../http/http-server.js';
import { listenOn } from '../http/listen-on.js';
import { securityHeaders } from '../http/security-headers.js';
import type { ApiServer } from '../server.js';
import { health } from './health.js';
import { metricsEndpoint } from './metrics-endpoint.js';

export interface WorkerServerDependencies {
  options: {
    host: string;
    workerPort: number;
    keepAliveSeconds: number;
    metricsToken: string | undefined;
    production: boolean;
  };
  metrics: Metrics;
  logger: Logger;
  ready(): Promise<void>;
}

/** Starts the HTTP server of a worker: only `/health`, `/ready` and `/metrics`. */
export async function startWorkerServer(deps: WorkerServerDependencies): Promise<ApiServer> {
  const { host, workerPort, keepAliveSeconds } = deps.options;
  const app = express().disable('x-powered-by');
  app.use(securityHeaders());
  // A worker closes its server as soon as it drains.
  app.use(health({ ...deps, draining: () => false }));
  app.use(metricsEndpoint(deps.metrics, deps.options));
  const server = createHttpServer(DEFAULT_HTTP_LIMITS, keepAliveSeconds, app);
  const listener = await listenOn(server, { host, port: workerPort }, 'WORKER_PORT');
  const close = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    await listener.close();
  };
  return { url: `http://${host}:${listener.port}`, close };
}
