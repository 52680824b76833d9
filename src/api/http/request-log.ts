import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import type { Context } from '../graphql/context.js';

const SLOW_MS = 500;

declare global {
  namespace Express {
    interface Request {
      id: string;
      arrivedAt: Date;
      logged: Context['logged'];
    }
  }
}

/**
 * One line a request when it has been answered, or its client has gone: method, path without its query (links carry
 * signatures there), operation name, client address, status, milliseconds, user id. Slow ones and server errors are
 * warnings.
 */
export function requestLog(logger: Logger): RequestHandler {
  return (request, response, next) => {
    request.id = randomUUID();
    request.arrivedAt = new Date();
    request.logged = {};
    const started = performance.now();
    response.once('close', () => {
      const ms = Math.round(performance.now() - started);
      const { method, ip: address, id: requestId, logged } = request;
      const path = request.originalUrl.replace(/\?.*/, '');
      const status = response.writableFinished ? response.statusCode : 499;
      const level = ms > SLOW_MS || status >= 500 ? 'warn' : 'info';
      logger[level]({ requestId, method, path, ...logged, address, status, ms }, 'request');
    });
    next();
  };
}
