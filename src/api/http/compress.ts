import compression from 'compression';
import type { RequestHandler } from 'express';

const COMPRESSED =
  /^(?:application\/(?:json|graphql-response\+json|javascript)|text\/(?:html|plain|css|javascript|markdown|csv))\b/;
/** Minimum size in bytes; for smaller bodies, compression costs more than it saves. */
export const COMPRESSIBLE_BYTES = 1_024;

/**
 * Compresses text responses; images and archives are already compressed. Compressed lengths can leak secrets to an
 * attacker who controls part of the response (BREACH), so responses with tokens have `no-transform`; no other
 * response depends on credentials that a browser adds by itself.
 */
export function compress(): RequestHandler {
  return compression({
    threshold: COMPRESSIBLE_BYTES,
    filter: (_request, response) => COMPRESSED.test(String(response.getHeader('Content-Type') ?? '')),
  });
}
