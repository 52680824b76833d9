import { Router } from 'express';
import type { Logger } from 'pino';

export interface HealthDependencies {
  /** Rejects when the database or the storage cannot be used now. */
  ready(): Promise<void>;
  logger: Logger;
}

/** `GET /health`: the process is alive. `GET /ready`: it can serve, or 503. */
export function health({ ready, logger }: HealthDependencies): Router {
  const router = Router();
  router.get('/health', (_request, response) => {
    response.json({ status: 'ok' });
  });
  router.get('/ready', async (_request, response) => {
    try {
      await ready();
      response.json({ status: 'ready' });
    } catch (error) {
      logger.warn({ err: error }, 'not ready');
      response.status(503).json({ status: 'not ready' });
    }
  });
  return router;
}
