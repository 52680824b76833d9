import type { NextFunction, RequestHandler, Response } from 'express';

/** Content-Security-Policy for each kind of content. */
const CONTENT_POLICIES = {
  /** JSON and text: load nothing. */
  DATA: ["default-src 'none'", "frame-ancestors 'none'"],
  /** Files of users. */
  FILE: ["default-src 'none'", "frame-ancestors 'none'", 'sandbox'],
  /** A report is one page with inline styles. */
  REPORT: ["default-src 'none'", "style-src 'unsafe-inline'", "frame-ancestors 'none'", 'sandbox'],
  /** Nothing from other hosts, no inline scripts, no eval. Angular and the editor add inline styles. */
  PLAYGROUND: [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "base-uri 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ],
  /** Scripts, styles and requests of this server only. */
  WEB_APP: [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ],
} satisfies Record<string, readonly string[]>;

type ContentKind = keyof typeof CONTENT_POLICIES;

const policyOf = (kind: ContentKind): string => CONTENT_POLICIES[kind].join('; ');

/** Headers of every response, with the strictest policy. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': policyOf('DATA'),
};

/** Sets the headers of every response; the first middleware. */
export function securityHeaders(): RequestHandler {
  const headers = Object.entries(SECURITY_HEADERS);
  return (_request, response, next) => {
    for (const [name, value] of headers) response.setHeader(name, value);
    next();
  };
}

/** Sets the policy of a route that does not serve data. */
export function contentPolicy(
  kind: ContentKind,
): (request: unknown, response: Response, next: NextFunction) => void {
  const policy = policyOf(kind);
  return (_request, response, next) => {
    response.set('Content-Security-Policy', policy);
    next();
  };
}
