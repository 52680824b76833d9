import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { sendError } from './http-errors.js';
import type { HttpLimits } from './http-limits.js';
import { HttpRefusal } from './http-refusal.js';

/** Time in which a refused client can read the response, in ms. */
const LINGER_MS = 1_000;

/**
 * Refuses (408, LIMIT_EXCEEDED) a request whose body arrives more slowly than the limits allow, even if it was
 * already answered. Time in which the server does not read, such as while an upload waits for a slot, is not counted.
 */
export function bodyProgress(limits: HttpLimits, logger: Logger): RequestHandler {
  return (request, response, next) => {
    if (hasBody(request)) watch(request, response, limits, logger);
    next();
  };
}

function hasBody({ headers }: Request): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

function watch(request: Request, response: Response, limits: HttpLimits, logger: Logger): void {
  const { socket } = request;
  const { bodyIntervalMs, minBodyBytes } = limits;
  let before = socket.bytesRead;
  const timer = setInterval(() => {
    const received = socket.bytesRead - before;
    before = socket.bytesRead;
    if (received >= minBodyBytes || !isRead(request)) return;
    clearInterval(timer);
    if (!response.headersSent) sendError(response, tooSlow(limits, received), request.id, logger);
    setTimeout(() => socket.destroy(), LINGER_MS).unref();
  }, bodyIntervalMs);
  timer.unref();
  const stop = () => clearInterval(timer);
  request.once('end', stop);
  request.once('close', stop);
}

/** Whether the server currently reads the body. */
function isRead(request: Request): boolean {
  return request.readableFlowing === true && request.readableLength === 0;
}

function tooSlow({ bodyIntervalMs, minBodyBytes }: HttpLimits, received: number): HttpRefusal {
  const message = `The request body arrives too slowly: ${received} bytes in ${bodyIntervalMs} ms; at least ${minBodyBytes} are needed`;
  const details = { limit: 'minBodyBytes', value: minBodyBytes, asked: received };
  return new HttpRefusal(408, message, { Connection: 'close' }, { code: 'LIMIT_EXCEEDED', ...details });
}
