import type { AppError } from '../../errors.js';
import type { Viewer } from '../../services/accounts/viewer.js';
import type { Services } from '../../services/services.js';

/** What a resolver works with: one unit of work for one GraphQL operation. */
/** Facts of a request for its line in the log. */
export interface LoggedFacts {
  /** Name of the operation; the client chooses it. */
  operation?: string | undefined;
  /** Fields of the schema that the operation asks for. */
  fields?: readonly string[] | undefined;
  userId?: string | undefined;
  /** When the operation was known and valid, and when its fields had been resolved, as `performance.now()` counts. */
  validatedAt?: number | undefined;
  resolvedAt?: number | undefined;
}

export interface Context {
  /** Also in the log and in the answer to an unexpected error. */
  requestId: string;
  /** When the request arrived, and its client's address. */
  arrivedAt: Date;
  address: string;
  /** User-Agent header. */
  userAgent?: string | undefined;
  /** Address of this server for absolute links, without a slash at its end. */
  baseUrl: string;
  /** Aborts when the HTTP response is sent or its client disconnects: work for the response alone need not start. */
  gone?: AbortSignal | undefined;
  /** The caller; an error for a token that is not valid; null without one. */
  viewer: Viewer | AppError | null;
  services: Services;
  /** Opens a new unit of work, one for each event of a subscription. */
  unitOfWork(): Services;
  /** Facts for the log line of this request. */
  logged: LoggedFacts;
  /** Makes an absolute, signed download link. */
  link(path: string): string;
  /** The same, but with an address that does not change for a while. */
  stableLink(path: string): string;
}
