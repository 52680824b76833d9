import type { Request } from 'express';
import { AppError } from '../../errors.js';
import type { DownloadLinks } from '../../services/images/download-links.js';
import type { Services } from '../../services/services.js';
import type { Context } from '../graphql/context.js';

export interface DownloadDependencies {
  links: DownloadLinks;
  contextOf(request: Request): Promise<Context>;
  /** Time without a read after which a client is disconnected, in ms. */
  stalledMs: number;
}

/** The object of a route `…/:id`, for a signed link to it or its owner's access token. */
export async function requestedObject<T>(
  request: Request<{ id: string }>,
  { links, contextOf }: DownloadDependencies,
  find: {
    byLink(services: Services, id: string): Promise<T>;
    ownedBy(services: Services, userId: string, id: string): Promise<T>;
  },
): Promise<{ object: T; services: Services }> {
  const { services, viewer } = await contextOf(request);
  const { id } = request.params;
  const { expires, signature } = request.query;
  if (typeof signature === 'string') {
    links.verify(request.path, String(expires), signature);
    return { object: await find.byLink(services, id), services };
  }
  if (viewer instanceof AppError) throw viewer;
  if (viewer === null) {
    throw new AppError('UNAUTHENTICATED', 'Use the signed link, or send the access token');
  }
  return { object: await find.ownedBy(services, viewer.userId, id), services };
}
