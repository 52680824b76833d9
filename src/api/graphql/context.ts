import type { AppError } from '../../errors.js';
import type { Viewer } from '../../services/accounts/viewer.js';
import type { Services } from '../../services/services.js';
import type { SessionChecks } from './session-checks.js';

/** Facts of a request for its log line. */
export interface LoggedFacts {
  /** Name of the operation; the client chooses it. */
  operation?: string | undefined;
  /** Fields of the schema that the operation selects. */
  fields?: readonly string[] | undefined;
  userId?: string | undefined;
  /** Times at which the operation was validated and its fields were resolved (`performance.now()`). */
  validatedAt?: number | undefined;
  resolvedAt?: number | undefined;
}

/** Context of a resolver: the unit of work of one GraphQL operation. */
export interface Context {
  /** Also part of the log and of the response to an unexpected error. */
  requestId: string;
  /** Time of arrival, and address of the client. */
  arrivedAt: Date;
  address: string;
  /** User-Agent header. */
  userAgent?: string | undefined;
  /** Address of this server for absolute links, without a trailing slash. */
  baseUrl: string;
  /**
   * Returns a signal that aborts when the HTTP response is sent or the client disconnects; work for this response need not
   * start then.
   */
  disconnected?: (() => AbortSignal) | undefined;
  /** The caller; an error for an invalid token; null without a token. */
  viewer: Viewer | AppError | null;
  services: Services;
  /** Opens a new unit of work, one for each event of a subscription. */
  unitOfWork(): Services;
  /** Checks of the caller before each event of a subscription. */
  sessionChecks: SessionChecks;
  /** Facts for the log line of this request. */
  logged: LoggedFacts;
  /** Makes an absolute, signed download link. */
  link(path: string): string;
  /** Like {@link link}, with an address that stays the same for a while, for browser caches. */
  stableLink(path: string): string;
}
