import { create as contentDisposition } from 'content-disposition';
import { type Request, Router } from 'express';
import type { Image } from '../../entities/image.entity.js';
import type { ImageFormat } from '../../imaging/image-format.js';
import { downloadName } from '../../services/shared/display-name.js';
import { type DownloadDependencies, requestedObject } from '../http/download-access.js';
import { contentPolicy } from '../http/security-headers.js';
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

/** Lifetime of a presigned address in the bucket: enough to follow a redirect. */
const ADDRESS_SECONDS = 60;

/**
 * `GET` and `HEAD /media/images/:id`, for a signed link or the owner's access token. With STORAGE_LINKS=redirect a link
 * leads to the bucket.
 */
export function downloads(deps: DownloadDependencies): Router {
  const router = Router();
  router.get('/media/images/:id', contentPolicy('FILE'), async (request, response) => {
    const { object: image, services } = await requestedObject(request, deps, {
      byLink: ({ images }, id) => images.byLink(id),
      ownedBy: ({ images }, userId, id) => images.find(userId, id),
    });
    const contentType = CONTENT_TYPES[image.format];
    const filename = downloadName(image.filename, image.format);
    const known = isKnown(request, image);
    if (!known && followsLink(request)) {
      const expiresInS = Math.min(ADDRESS_SECONDS, secondsLeft(request));
      const address = await services.images.address(image, { expiresInS, filename, contentType });
      // Not cached, as the address expires soon.
      const headers = { Location: address, 'Cache-Control': 'private, no-store' };
      if (address !== undefined) return void response.status(307).set(headers).end();
    }
    // A stored image never changes, so its id is its tag.
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
 * Whether the request can be redirected. Not with a token, which some clients would send to the bucket, and S3 refuses two
 * permissions at once; nor HEAD, for which an address signed for GET is not valid.
 */
function followsLink(request: Request): boolean {
  return request.method === 'GET' && request.get('authorization') === undefined;
}

/** Time until a verified link expires. */
function secondsLeft({ query }: Request): number {
  return Math.max(1, Math.floor(Number(query.expires) - Date.now() / 1000));
}

/** Whether the client has this version. Express's `fresh` is no use here: `fetch` sends `Cache-Control: no-cache`. */
function isKnown(request: Request, { id }: Image): boolean {
  const tags = request.get('If-None-Match')?.split(',') ?? [];
  return tags.some((tag) => ['*', `"${id}"`].includes(tag.trim().replace(/^W\//, '')));
}

/** The requested range; several at once get the whole image, as RFC 9110 allows. */
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
