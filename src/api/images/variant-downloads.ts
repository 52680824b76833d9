import { create as contentDisposition } from 'content-disposition';
import { type Request, type Response, Router } from 'express';
import { AppError } from '../../errors.js';
import type { ImageFormat } from '../../imaging/image-format.js';
import { decodeRecipe } from '../../services/images/variants/recipe.js';
import type { ServedVariant, VariantCache } from '../../services/images/variants/variant-cache.js';
import { downloadName } from '../../services/shared/display-name.js';
import type { DownloadDependencies } from '../http/download-access.js';
import { contentPolicy } from '../http/security-headers.js';
import { sendObject } from '../http/send-object.js';
import { CONTENT_TYPES } from './content-types.js';
import { secondsLeft } from './image-downloads.js';

/** Formats that autoFormat chooses if the client accepts them, best first. */
const MODERN: readonly ImageFormat[] = ['AVIF', 'WEBP'];
/** A variant that is evicted between its row and its file is computed again. */
const TRIES = 3;

export interface VariantDownloadDependencies extends Pick<DownloadDependencies, 'links' | 'stalledMs'> {
  variants: VariantCache;
}

/**
 * Serves `GET` and `HEAD /media/variants/:id/:recipe` with a signed link. The first request computes the variant. It is
 * always streamed from here, also if links to images redirect to a bucket: pages read its pixels, size and timing.
 */
export function variantDownloads({ links, variants, stalledMs }: VariantDownloadDependencies): Router {
  const router = Router();
  router.get('/media/variants/:id/:recipe', contentPolicy('FILE'), async (request, response) => {
    const { id: imageId, recipe } = request.params;
    const { expires, signature } = request.query;
    links.verify(request.path, String(expires), String(signature));
    const disconnected = new AbortController();
    response.once('close', () => disconnected.abort());
    const { autoFormat } = decodeRecipe(recipe);
    const wanted = { imageId, recipe, formats: autoFormat ? acceptedFormats(request) : [] };
    if (autoFormat) response.vary('Accept');
    try {
      await serve(request, response, { variants, wanted, disconnected: disconnected.signal, stalledMs });
    } catch (error) {
      // The client has disconnected.
      if (!(error instanceof AppError && error.code === 'CANCELLED' && disconnected.signal.aborted))
        throw error;
    }
  });
  return router;
}

interface Serving {
  variants: VariantCache;
  wanted: Parameters<VariantCache['get']>[0];
  disconnected: AbortSignal;
  stalledMs: number;
}

async function serve(
  request: Request,
  response: Response,
  { variants, wanted, disconnected, stalledMs }: Serving,
): Promise<void> {
  for (let tries = 1; ; tries++) {
    const variant = await variants.get(wanted, disconnected);
    setHeaders(request, response, variant);
    const { key: tag, byteSize } = variant;
    const open = (range?: { start: number; end: number }) => variants.open(variant, range);
    try {
      return await sendObject(request, response, { tag, byteSize, open }, stalledMs);
    } catch (error) {
      const evicted = error instanceof AppError && error.code === 'NOT_FOUND' && !response.headersSent;
      if (!evicted || tries >= TRIES) throw error;
      response.status(200).removeHeader('Content-Range');
    }
  }
}

function setHeaders(request: Request, response: Response, variant: ServedVariant): void {
  const { format, durationMs, hit } = variant;
  response.set({
    'Cache-Control': `private, max-age=${secondsLeft(request)}`,
    'Content-Type': CONTENT_TYPES[format],
    'Content-Disposition': contentDisposition(downloadName(variant), { type: 'inline' }),
    'Server-Timing': `engine;dur=${durationMs.toFixed(2)}, cache;desc=${hit ? 'hit' : 'miss'}`,
  });
}

/**
 * Only formats that the client names explicitly, because every client accepts wildcards such as `image/*`. Media types
 * are case-insensitive (RFC 9110, section 8.3.1).
 */
function acceptedFormats(request: Request): ImageFormat[] {
  const accepted = request.accepts().map((type) => type.toLowerCase());
  return MODERN.filter((format) => accepted.includes(CONTENT_TYPES[format]));
}
