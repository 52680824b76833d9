import { create as contentDisposition } from 'content-disposition';
import { type Request, Router } from 'express';
import type { Image } from '../../entities/image.entity.js';
import type { ImageFormat } from '../../imaging/operation.js';
import { downloadName } from '../../services/shared/display-name.js';
import { type DownloadDependencies, requestedObject } from '../http/download-access.js';
import { sendStream } from '../http/send-stream.js';

const CONTENT_TYPES: Record<ImageFormat, string> = {
  JPEG: 'image/jpeg',
  PNG: 'image/png',
  WEBP: 'image/webp',
  AVIF: 'image/avif',
  GIF: 'image/gif',
  TIFF: 'image/tiff',
  BMP: 'image/bmp',
};

/** How long an address in the store works: enough to follow a redirect. */
const ADDRESS_SECONDS = 60;

/**
 * Serves `GET` and `HEAD /media/images/:id` to clients with a signed link or the owner's access token. Where clients can
 * reach the store, a link is redirected there.
 */
export function downloads(deps: DownloadDependencies): Router {
  const router = Router();
  router.get('/media/images/:id', async (request, response) => {
    const { object: image, services } = await requestedObject(request, deps, {
      byLink: ({ images }, id) => images.byLink(id),
      ownedBy: ({ images }, userId, id) => images.find(userId, id),
    });
    const contentType = CONTENT_TYPES[image.format];
    const filename = downloadName(image.filename, image.format);
    response.set({
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; sandbox",
    });
    const known = isKnown(request, image);
    if (!known && followsLink(request)) {
      const expiresInS = Math.min(ADDRESS_SECONDS, secondsLeft(request));
      const address = await services.images.address(image, { expiresInS, filename, contentType });
      // Not cached: the address expires soon.
      const headers = { Location: address, 'Cache-Control': 'private, no-store' };
      if (address !== undefined) return void response.status(307).set(headers).end();
    }
    // A stored image never changes: its id identifies its content.
    response.set({
      ETag: `"${image.id}"`,
      'Accept-Ranges': 'bytes',
      'Cache-Control': 'private, max-age=3600',
      'Content-Type': contentType,
      'Content-Disposition': contentDisposition(filename, { type: 'inline' }),
    });
    if (known) return void response.status(304).end();

    const range = requestedRange(request, image);
    if (range === 'UNSATISFIABLE') {
      return void response.status(416).set('Content-Range', `bytes */${image.byteSize}`).end();
    }
    if (range) {
      response.status(206).set('Content-Range', `bytes ${range.start}-${range.end}/${image.byteSize}`);
    }
    response.set('Content-Length', String(range ? range.end - range.start + 1 : image.byteSize));
    if (request.method === 'HEAD') return void response.end();
    const body = await services.images.open(image, range);
    await sendStream(body, response, deps.stalledMs);
  });
  return router;
}

/**
 * True for requests that may be redirected to the store. Not those with a token: some clients would send it along, and S3
 * refuses requests with two kinds of permission. Nor HEAD: the address is signed for GET.
 */
function followsLink(request: Request): boolean {
  return request.method === 'GET' && request.get('authorization') === undefined;
}

/** Returns the lifetime that is left of a verified link. */
function secondsLeft({ query }: Request): number {
  return Math.max(1, Math.floor(Number(query.expires) - Date.now() / 1000));
}

/** True where the client has this version. Not Express's `fresh`, which `fetch` defeats by asking for no cache. */
function isKnown(request: Request, { id }: Image): boolean {
  const tags = request.get('If-None-Match')?.split(',') ?? [];
  return tags.some((tag) => ['*', `"${id}"`].includes(tag.trim().replace(/^W\//, '')));
}

/** Returns the requested range. Several ranges at once are answered with the whole file, as RFC 9110 allows. */
function requestedRange(
  request: Request,
  { byteSize, id }: Image,
): { start: number; end: number } | 'UNSATISFIABLE' | undefined {
  // Ranges are defined for GET alone (RFC 9110, 14.2).
  if (request.method !== 'GET') return undefined;
  const condition = request.get('If-Range');
  if (condition !== undefined && condition !== `"${id}"`) return undefined;
  const ranges = request.range(byteSize);
  if (ranges === -1) return 'UNSATISFIABLE';
  if (ranges === undefined || ranges === -2 || ranges.length !== 1 || ranges.type !== 'bytes')
    return undefined;
  return ranges[0];
}
