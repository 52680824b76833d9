import type { AppError } from '../../errors.js';
import type { Viewer } from '../../services/accounts/viewer.js';
import type { Services } from '../../services/services.js';

/** What a resolver works with: one unit of work for one GraphQL operation. */
export interface Context {
  /** Also in the log and in the answer to an unexpected error. */
  requestId: string;
  /** When the request came in, and from where. */
  arrivedAt: Date;
  address: string;
  /** User-Agent header. */
  userAgent?: string | undefined;
  /** Where this server is reached, without a slash at the end: for absolute links. */
  baseUrl: string;
  /** Aborts when whoever asked over HTTP has gone away, or been answered: what only an answer is made for need not begin. */
  gone?: AbortSignal | undefined;
  /** Who asks; a refusal where the token was bad; null without one. */
  viewer: Viewer | AppError | null;
  services: Services;
  /** A fresh unit of work, for what outlives one: each event of a subscription that reads. */
  unitOfWork(): Services;
  /** What the log is to say of this request beside what HTTP tells. */
  logged: { operation?: string | undefined; userId?: string | undefined };
  /** A download link, absolute and signed. */
  link(path: string): string;
}
