import { Router } from 'express';
import type { Logger } from 'pino';
import { cached } from '../../scheduling/cached.js';

export interface HealthDependencies {
  /** Rejects when the database or the storage cannot be used now. */
  ready(): Promise<void>;
  logger: Logger;
}

/** Anybody may ask, and to look is to write to the storage, which a bucket charges for: its outcome holds for so long. */
const HOLDS_MS = 5_000;

/** `GET /health`: the process is alive. `GET /ready`: it can serve, or 503. */
export function health({ ready, logger }: HealthDependencies): Router {
  const router = Router();
  const isReady = cached(ready, HOLDS_MS);
  router.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/ready', async (_request, response) => {
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
