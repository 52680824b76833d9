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

/** Requests of load balancers and supervisors, sent every few seconds. */
const PROBES = ['/health', '/ready', '/metrics'];

/**
 * Logs one line for each request when it has been answered or its client has disconnected: method, path without its query
 * (links carry signatures there), operation and its fields, client address, status, milliseconds, user id. Slow requests
 * and server errors are warnings; a slow one has the time of each phase. Probes are logged at debug.
 */
export function requestLog(logger: Logger): RequestHandler {
  return (request, response, next) => {
    request.id = randomUUID();
    request.arrivedAt = new Date();
    request.logged = {};
    const started = performance.now();
    response.once('close', () => {
      const ended = performance.now();
      const ms = Math.round(ended - started);
      const { method, ip: address, id: requestId } = request;
      const { validatedAt, resolvedAt, ...logged } = request.logged;
      const path = request.originalUrl.replace(/\?.*/, '');
      const status = response.writableFinished ? response.statusCode : 499;
      const slow = ms > SLOW_MS;
      const phases = slow ? phasesOf([started, validatedAt, resolvedAt, ended]) : {};
      const level = PROBES.includes(path) ? 'debug' : slow || status >= 500 ? 'warn' : 'info';
      logger[level]({ requestId, method, path, ...logged, address, status, ms, ...phases }, 'request');
    });
    next();
  };
}

/** Milliseconds for receiving and checking a request, resolving its fields, and sending the response. */
function phasesOf([started, validatedAt, resolvedAt, ended]: [number, number?, number?, number?]): object {
  if (validatedAt === undefined || ended === undefined) return {};
  const resolved = resolvedAt ?? ended;
  const [receiveMs, resolveMs, sendMs] = [
    ...[validatedAt - started, resolved - validatedAt, ended - resolved].map(Math.round),
  ];
  return { receiveMs, resolveMs, sendMs };
}
