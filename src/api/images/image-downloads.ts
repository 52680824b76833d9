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

/** For so long an address in the store works: enough to follow a redirect. */
const ADDRESS_SECONDS = 60;

/**
 * `GET` and `HEAD /media/images/:id`, for who holds a signed link or sends the owner's access token. Where the store can
 * be reached by clients, a link leads there.
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
      // Kept by nobody, as the address ends soon.
      const headers = { Location: address, 'Cache-Control': 'private, no-store' };
      if (address !== undefined) return void response.status(307).set(headers).end();
    }
    // An image never changes once it is stored, so its id says all that a tag has to say.
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
 * Who sends a token is not sent elsewhere: some clients would take it there, and S3 refuses who comes with two permissions.
 * Nor is HEAD, for which an address that is signed for GET does not hold.
 */
function followsLink(request: Request): boolean {
  return request.method === 'GET' && request.get('authorization') === undefined;
}

/** Of a link that has been verified. */
function secondsLeft({ query }: Request): number {
  return Math.max(1, Math.floor(Number(query.expires) - Date.now() / 1000));
}

/** Whether the client says that it has this version. Not Express's `fresh`, which `fetch` defeats by asking for no cache. */
function isKnown(request: Request, { id }: Image): boolean {
  const tags = request.get('If-None-Match')?.split(',') ?? [];
  return tags.some((tag) => ['*', `"${id}"`].includes(tag.trim().replace(/^W\//, '')));
}

/** The one range that was asked for; several at once are answered with the whole, as RFC 9110 allows. */
function requestedRange(
  request: Request,
  { byteSize, id }: Image,
): { start: number; end: number } | 'UNSATISFIABLE' | undefined {
  const condition = request.get('If-Range');
  if (condition !== undefined && condition !== `"${id}"`) return undefined;
  const ranges = request.range(byteSize);
  if (ranges === -1) return 'UNSATISFIABLE';
  if (ranges === undefined || ranges === -2 || ranges.length !== 1 || ranges.type !== 'bytes')
    return undefined;
  return ranges[0];
}
