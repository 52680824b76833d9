import { create as contentDisposition } from 'content-disposition';
import { type Request, Router } from 'express';
import { downloadName } from '../../services/shared/display-name.js';
import { type DownloadDependencies, requestedObject } from '../http/download-access.js';
import { contentPolicy } from '../http/security-headers.js';
import { isKnown, sendObject } from '../http/send-object.js';
import { CONTENT_TYPES } from './content-types.js';

/** Lifetime of a signed bucket address, in seconds: enough to follow a redirect. */
const ADDRESS_SECONDS = 60;

/**
 * Serves `GET` and `HEAD /media/images/:id`, with a signed link or the owner's access token. A signed link redirects
 * to the bucket if clients can reach it.
 */
export function downloads(deps: DownloadDependencies): Router {
  const router = Router();
  router.get('/media/images/:id', contentPolicy('FILE'), async (request, response) => {
    const { object: image, services } = await requestedObject(request, deps, {
      byLink: ({ images }, id) => images.byLink(id),
      ownedBy: ({ images }, userId, id) => images.find(userId, id),
    });
    const contentType = CONTENT_TYPES[image.format];
    const filename = downloadName(image);
    if (!isKnown(request, image.id) && followsLink(request)) {
      const expiresInS = Math.min(ADDRESS_SECONDS, secondsLeft(request));
      const address = await services.images.address(image, { expiresInS, filename, contentType });
      // Not cached, as the address expires soon.
      const headers = { Location: address, 'Cache-Control': 'private, no-store' };
      if (address !== undefined) return void response.status(307).set(headers).end();
    }
    response.set({
      'Cache-Control': 'private, max-age=3600',
      'Content-Type': contentType,
      'Content-Disposition': contentDisposition(filename, { type: 'inline' }),
    });
    // An image never changes once it is stored, so its id is its tag.
    const { id: tag, byteSize } = image;
    const open = services.images.open.bind(services.images, image);
    await sendObject(request, response, { tag, byteSize, open }, deps.stalledMs);
  });
  return router;
}

/**
 * Requests with a token are not redirected: some clients would send the token to S3, which rejects requests with two
 * credentials. HEAD is not redirected either, because the address is signed for GET.
 */
function followsLink(request: Request): boolean {
  return request.method === 'GET' && request.get('authorization') === undefined;
}

/** Returns the seconds until a verified link expires, at least 1. */
export function secondsLeft({ query }: Pick<Request, 'query'>): number {
  return Math.max(1, Math.floor(Number(query.expires) - Date.now() / 1000));
}
