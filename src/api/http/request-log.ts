import { randomUUID } from 'node:crypto';
import type { Express as App, RequestHandler, Response } from 'express';
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
    interface Response {
      /** Time at which the head was written (`performance.now()`). */
      headAt?: number;
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
export function requestLog(app: App, logger: Logger): RequestHandler {
  recordHeadTimes(app);
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
      const phases = slow
        ? phasesOf({ started, validatedAt, resolvedAt, headAt: response.headAt, ended })
        : {};
      const level = PROBES.includes(path) ? 'debug' : slow || status >= 500 ? 'warn' : 'info';
      logger[level]({ requestId, method, path, ...logged, address, status, ms, ...phases }, 'request');
    });
    next();
  };
}

/**
 * On the prototype of all responses: one with a method of its own survives V8's collections of new objects, with all that
 * belongs to its request, and a trivial GraphQL request took twice the processor time.
 */
function recordHeadTimes({ response: prototype }: App): void {
  const { writeHead } = prototype;
  prototype.writeHead = function (this: Response, ...head: unknown[]) {
    this.headAt ??= performance.now();
    return writeHead.apply(this, head as Parameters<typeof writeHead>);
  };
}

interface Moments {
  started: number;
  validatedAt: number | undefined;
  resolvedAt: number | undefined;
  /** When the head of the response was written. */
  headAt: number | undefined;
  ended: number;
}

/**
 * Milliseconds of each phase. GraphQL: receiving and checking the request, resolving its fields, sending the response;
 * other routes: preparing the response, and sending it to a client that may read slowly.
 */
function phasesOf({ started, validatedAt, resolvedAt, headAt, ended }: Moments): object {
  const between = (from: number, to: number) => Math.round(to - from);
  if (validatedAt === undefined) {
    const sentFrom = headAt ?? ended;
    return { prepareMs: between(started, sentFrom), sendMs: between(sentFrom, ended) };
  }
  const resolved = resolvedAt ?? ended;
  return {
    receiveMs: between(started, validatedAt),
    resolveMs: between(validatedAt, resolved),
    sendMs: between(resolved, ended),
  };
}
