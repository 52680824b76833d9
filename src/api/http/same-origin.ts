import type { RequestHandler } from 'express';
import { AppError } from '../../errors.js';

/**
 * Refuses (FORBIDDEN) requests that do not come from a page of this server. Browsers send `Origin` with every request
 * other than GET, and `Sec-Fetch-Site`; pages can set neither.
 *
 * @param publicUrl undefined: pages of the host to which the request was sent
 */
export function requireSameOrigin(publicUrl: string | undefined): RequestHandler {
  const expected = publicUrl === undefined ? undefined : URL.parse(publicUrl)?.origin;
  return (request, _response, next) => {
    const origin = request.get('origin') ?? '';
    // A proxy may have terminated TLS: without a configured address only the host is known.
    const same = expected ? origin === expected : URL.parse(origin)?.host === request.get('host');
    if (!same || (request.get('sec-fetch-site') ?? 'same-origin') !== 'same-origin') {
      throw new AppError('FORBIDDEN', 'Only pages of this server may send this request (Origin header)');
    }
    next();
  };
}
