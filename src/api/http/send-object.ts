import type { Readable } from 'node:stream';
import type { Request, Response } from 'express';
import { sendBody } from './send-body.js';

/** Immutable object with its ETag. */
export interface SentObject {
  /** Value of its ETag, without quotes. */
  tag: string;
  byteSize: number;
  open(range?: { start: number; end: number }): Promise<Readable | Uint8Array>;
}

/**
 * Returns true if the client has this version. Express's `fresh` is not used, because `fetch` adds `Cache-Control:
 * no-cache`.
 */
export function isKnown(request: Request, tag: string): boolean {
  const tags = request.get('If-None-Match')?.split(',') ?? [];
  return tags.some((known) => ['*', `"${tag}"`].includes(known.trim().replace(/^W\//, '')));
}

/** Sends an object, a range of it, 304 or 416. The caller sets the content headers. HEAD gets no body. */
export async function sendObject(
  request: Request,
  response: Response,
  { tag, byteSize, open }: SentObject,
  stalledMs: number,
): Promise<void> {
  response.set({ ETag: `"${tag}"`, 'Accept-Ranges': 'bytes' });
  if (isKnown(request, tag)) return void response.status(304).end();
  const range = requestedRange(request, tag, byteSize);
  if (range === 'UNSATISFIABLE') {
    return void response.status(416).set('Content-Range', `bytes */${byteSize}`).end();
  }
  if (range) response.status(206).set('Content-Range', `bytes ${range.start}-${range.end}/${byteSize}`);
  response.set('Content-Length', String(range ? range.end - range.start + 1 : byteSize));
  if (request.method === 'HEAD') return void response.end();
  await sendBody(await open(range), response, stalledMs);
}

/** Returns the requested range. Requests for several ranges get the whole object, as RFC 9110 allows. */
function requestedRange(
  request: Request,
  tag: string,
  byteSize: number,
): { start: number; end: number } | 'UNSATISFIABLE' | undefined {
  // Ranges are defined for GET alone (RFC 9110, 14.2).
  if (request.method !== 'GET') return undefined;
  const condition = request.get('If-Range');
  if (condition !== undefined && condition !== `"${tag}"`) return undefined;
  const ranges = request.range(byteSize);
  if (ranges === -1) return 'UNSATISFIABLE';
  if (ranges === undefined || ranges === -2 || ranges.length !== 1 || ranges.type !== 'bytes')
    return undefined;
  return ranges[0];
}
