import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';

/** Path of the public URL without a trailing slash: empty or `/prefix`. */
export function basePathOf(publicUrl: string | undefined): string {
  return publicUrl === undefined ? '' : new URL(publicUrl).pathname.replace(/\/+$/, '');
}

/**
 * Removes the path of the public URL from requests, so that routes match behind proxies that strip it and behind those
 * that do not.
 */
export function stripBasePath(basePath: string): RequestHandler {
  return (request, _response, next) => {
    request.url = withoutBasePath(request, basePath);
    next();
  };
}

export function withoutBasePath({ url = '/' }: IncomingMessage, basePath: string): string {
  if (basePath === '' || !url.startsWith(basePath)) return url;
  const rest = url.slice(basePath.length);
  if (rest === '' || rest.startsWith('?')) return `/${rest}`;
  return rest.startsWith('/') ? rest : url;
}
