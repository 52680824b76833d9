import type { Request, RequestHandler } from 'express';
import type { Logger } from 'pino';
import { AppError } from '../../errors.js';
import { requireWrite } from '../graphql/authorization.js';
import type { Context } from '../graphql/context.js';
import { sendError } from '../http/http-errors.js';
import { UploadSlots } from './upload-slots.js';

const PREFLIGHT_HEADERS = ['apollo-require-preflight', 'x-apollo-operation-name'];
/** A browser keeps six connections to one server. Each upload takes room on the disk before it counts for the quota. */
const MAX_UPLOADS_AT_ONCE = 8;
/** So much of a multipart request may be something else than files: two fields of 100 kB, and the heads of the parts. */
const BESIDE_FILES_BYTES = 300_000;
/** How long the body of a refused request may go on. */
const DRAIN_MS = 2_000;

/**
 * Stands before graphql-upload, which reads a body before anything is known of its sender: a multipart request is
 * refused unread when nobody is signed in, without a header that makes browsers ask before they send (CSRF), beyond a
 * number of uploads that its user has under way, and where the quota has no room for it. What is admitted waits, unread
 * too, for a place.
 */
export function uploadGate(
  contextOf: (request: Request) => Promise<Context>,
  logger: Logger,
): RequestHandler {
  const underWay = new Map<string, number>();
  const slots = new UploadSlots();

  function admit(request: Request, viewer: Context['viewer']): string {
    if (viewer instanceof AppError) throw viewer;
    if (viewer === null) throw new AppError('UNAUTHENTICATED', 'Sign in before you upload');
    requireWrite(viewer);
    if (!PREFLIGHT_HEADERS.some((name) => request.get(name))) {
      throw AppError.badInput(
        'apollo-require-preflight',
        'multipart requests must send this header, with any value',
      );
    }
    const asked = (underWay.get(viewer.userId) ?? 0) + 1;
    if (asked > MAX_UPLOADS_AT_ONCE) {
      const message = `You have ${MAX_UPLOADS_AT_ONCE} uploads under way; wait for one to end`;
      throw AppError.limit('maxUploadsAtOnce', MAX_UPLOADS_AT_ONCE, asked, message);
    }
    return viewer.userId;
  }

  function leave(userId: string): void {
    const left = (underWay.get(userId) ?? 1) - 1;
    if (left > 0) underWay.set(userId, left);
    else underWay.delete(userId);
  }

  return async (request, response, next) => {
    if (!request.is('multipart/form-data')) return next();
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const { viewer, requestId, services } = await contextOf(request);
    if (gone.signal.aborted) return;
    try {
      const userId = admit(request, viewer);
      underWay.set(userId, (underWay.get(userId) ?? 0) + 1);
      gone.signal.addEventListener('abort', () => leave(userId), { once: true });
      await services.images.checkRoom(userId, bytesOfFiles(request));
      if (gone.signal.aborted) return;
      await slots.enter(userId, gone.signal);
    } catch (refusal) {
      drain(request);
      return sendError(response, refusal, requestId, logger);
    }
    next();
  };
}

/** At least so many bytes of files are announced; 0 where the length is not. */
function bytesOfFiles(request: Request): number {
  return Math.max(0, Number(request.get('content-length') ?? 0) - BESIDE_FILES_BYTES);
}

/** A client that writes all before it reads would never see the answer: its body is read for a while and dropped. */
function drain(request: Request): void {
  const cut = setTimeout(() => request.destroy(), DRAIN_MS);
  request.once('close', () => clearTimeout(cut));
  request.resume();
}
