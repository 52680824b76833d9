import { Router } from 'express';
import type { Logger } from 'pino';
import { cached } from '../../scheduling/cached.js';

export interface HealthDependencies {
  /** Rejects while the database or the storage is unavailable. */
  ready(): Promise<void>;
  /** Whether the process is about to stop accepting requests. */
  draining(): boolean;
  logger: Logger;
}

/**
 * The result is cached for 5 s: the endpoint is public, and a check writes to the storage, which costs money on a
 * bucket.
 */
const CACHE_MS = 5_000;

/** `GET /health` is the liveness probe; `GET /ready` the readiness probe: 503 while the process cannot serve or drains. */
export function health({ ready, draining, logger }: HealthDependencies): Router {
  const router = Router();
  const isReady = cached(ready, CACHE_MS);
  router.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/ready', async (_request, response) => {
    if (draining()) return void response.status(503).json({ status: 'draining' });
    try {
      await isReady();
      response.json({ status: 'ready' });
    } catch (error) {
      logger.warn({ err: error }, 'not ready');
      response.status(503).json({ status: 'not ready' });
    }
  });
  return router;
}
