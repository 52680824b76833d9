import { AppError } from '../../errors.js';
import type { Viewer } from '../../services/accounts/viewer.js';
import type { DownloadLinks } from '../../services/images/download-links.js';
import type { Services } from '../../services/services.js';
import type { Context } from './context.js';
import type { SessionChecks } from './session-checks.js';

/** Facts of a request before authentication. */
export interface RequestFacts {
  requestId: string;
  arrivedAt: Date;
  address: string;
  userAgent?: string | undefined;
  baseUrl: string;
  disconnected?: (() => AbortSignal) | undefined;
  /** The Authorization header, or its counterpart in connection_init. */
  authorization: string | undefined;
}

export interface ContextDependencies {
  /** Makes a set of services on an EntityManager of its own. */
  unitOfWork(): Services;
  sessionChecks: SessionChecks;
  links: DownloadLinks;
}

/**
 * Opens the unit of work of one operation. An invalid token is not rejected here, because some fields need no
 * sign-in.
 */
export async function openContext(
  facts: RequestFacts,
  { unitOfWork, sessionChecks, links }: ContextDependencies,
): Promise<Context> {
  const { authorization, ...rest } = facts;
  const services = unitOfWork();
  const viewer = await viewerOf(authorization, services);
  return {
    ...rest,
    services,
    unitOfWork,
    sessionChecks,
    viewer,
    logged: viewer === null || viewer instanceof AppError ? {} : { userId: viewer.userId },
    link: (path) => facts.baseUrl + links.sign(path),
    stableLink: (path) => facts.baseUrl + links.signStable(path),
  };
}

async function viewerOf(authorization: string | undefined, services: Services): Promise<Context['viewer']> {
  if (authorization === undefined) return null;
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization) ?? [];
  if (token === undefined)
    return new AppError('UNAUTHENTICATED', 'Authorization: must be `Bearer <access token or API token>`');
  return services.auth.authenticate(token).catch((error: unknown): Viewer | AppError => {
    if (error instanceof AppError) return error;
    throw error;
  });
}
