import compression from 'compression';
import type { RequestHandler } from 'express';

const COMPRESSED =
  /^(?:application\/(?:json|graphql-response\+json|javascript)|text\/(?:html|plain|css|javascript|markdown|csv))\b/;
/** Below this, headers and processor time cost more than is saved. */
const THRESHOLD_BYTES = 1_024;

/**
 * Compresses text responses; images and archives are compressed already. An attacker who makes a browser send guesses
 * could read secrets off compressed lengths (BREACH): responses with tokens say `no-transform`, and no other response
 * depends on credentials that a browser sends by itself.
 */
export function compress(): RequestHandler {
  return compression({
    threshold: THRESHOLD_BYTES,
    filter: (_request, response) => COMPRESSED.test(String(response.getHeader('Content-Type') ?? '')),
  });
}
