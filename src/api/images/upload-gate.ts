import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { AppError } from '../../errors.js';
import { requireWrite } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { sendError } from '../http/http-errors.js';
import { isMultipart } from './multipart-request.js';
import { UploadSlots } from './upload-slots.js';

const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name'];
/**
 * Limited because an upload uses disk space before it counts towards the quota. A browser opens six connections to a
 * server.
 */
const MAX_UPLOADS_AT_ONCE = 8;
/** Bytes of a multipart request besides files: two fields of 100 kB, and the headers of the parts. */
const BESIDE_FILES_BYTES = 300_000;
/** Time in ms for which the body of a refused request is read and discarded before the connection is closed. */
const DRAIN_MS = 2_000;

/**
 * Admits multipart requests before their body is read. Refuses requests without a signed-in user, without a preflight
 * header (CSRF), beyond {@link MAX_UPLOADS_AT_ONCE} of one user, or larger than the free quota. Admitted requests
 * wait unread for a slot.
 */
export function uploadGate(
  contextOf: (request: Request) => Promise<Context>,
  logger: Logger,
): RequestHandler {
  const gate = new UploadGate();
  return async (request, response, next) => {
    if (!isMultipart(request)) return next();
    const closed = closedSignal(response);
    const context = await contextOf(request);
    if (closed.aborted) return;
    try {
      await gate.admit(request, context, closed);
    } catch (refusal) {
      drain(request);
      return sendError(response, refusal, context.requestId, logger);
    }
    next();
  };
}

class UploadGate {
  /** Uploads in progress by user id. */
  readonly #inProgress = new Map<string, number>();
  readonly #slots = new UploadSlots();

  /** Resolves when the body may be read; never resolves if the connection closes first. */
  async admit(request: Request, { viewer, services }: Context, closed: AbortSignal): Promise<void> {
    if (viewer instanceof AppError) throw viewer;
    if (viewer === null) throw new AppError('UNAUTHENTICATED', 'Sign in before you upload');
    requireWrite(viewer);
    requirePreflightHeader(request);
    this.#enter(viewer.userId, closed);
    await services.images.checkRoom(viewer.userId, bytesOfFiles(request));
    // The body of a disconnected client is not read.
    if (closed.aborted) return new Promise(() => undefined);
    await this.#slots.enter(viewer.userId, closed);
  }

  #enter(userId: string, closed: AbortSignal): void {
    const asked = (this.#inProgress.get(userId) ?? 0) + 1;
    if (asked > MAX_UPLOADS_AT_ONCE) {
      const message = `You have ${MAX_UPLOADS_AT_ONCE} uploads in progress; wait until one has ended`;
      throw AppError.limit('maxUploadsAtOnce', MAX_UPLOADS_AT_ONCE, asked, message);
    }
    this.#inProgress.set(userId, asked);
    closed.addEventListener('abort', () => this.#leave(userId), { once: true });
  }

  #leave(userId: string): void {
    const left = (this.#inProgress.get(userId) ?? 1) - 1;
    if (left > 0) this.#inProgress.set(userId, left);
    else this.#inProgress.delete(userId);
  }
}

function requirePreflightHeader(request: Request): void {
  if (PREFLIGHT_HEADERS.some((name) => request.get(name))) return;
  const [name = ''] = PREFLIGHT_HEADERS;
  throw AppError.badInput(name, 'multipart requests must send this header, with any value');
}

/** Minimum number of file bytes announced by Content-Length; 0 without that header. */
function bytesOfFiles(request: Request): number {
  return Math.max(0, Number(request.get('content-length') ?? 0) - BESIDE_FILES_BYTES);
}

/** Aborts when the response has been sent or its connection has closed. */
function closedSignal(response: Response): AbortSignal {
  const closed = new AbortController();
  response.once('close', () => closed.abort());
  return closed.signal;
}

/**
 * Discards the body for a while, because a client that sends everything before reading would otherwise not receive
 * the response.
 */
function drain(request: Request): void {
  const cut = setTimeout(() => request.destroy(), DRAIN_MS);
  request.once('close', () => clearTimeout(cut));
  request.resume();
}
