import { Router } from 'express';
import type { Logger } from 'pino';

export interface HealthDependencies {
  /** Rejects when the database or the storage cannot be used now. */
  ready(): Promise<void>;
  logger: Logger;
}

/** Anybody may ask, and to look is to write to the disk: one look answers all who ask within so long. */
const LOOK_AGAIN_MS = 1_000;

/** `GET /health`: the process is alive. `GET /ready`: it can serve, or 503. */
export function health({ ready, logger }: HealthDependencies): Router {
  const router = Router();
  let lookedAt = Number.NEGATIVE_INFINITY;
  let looked: Promise<void> = Promise.resolve();
  const isReady = () => {
    if (performance.now() - lookedAt < LOOK_AGAIN_MS) return looked;
    lookedAt = performance.now();
    looked = ready();
    return looked;
  };
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
