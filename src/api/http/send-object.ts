import type { Readable } from 'node:stream';
import type { Request, Response } from 'express';
import { sendStream } from './send-stream.js';

/** A stored object that never changes under its tag. */
export interface SentObject {
  /** Value of its ETag, without quotes. */
  tag: string;
  byteSize: number;
  open(range?: { start: number; end: number }): Promise<Readable>;
}

/** Returns true if the client has this version. Express's `fresh` is not used: `fetch` defeats it by asking for no cache. */
export function isKnown(request: Request, tag: string): boolean {
  const tags = request.get('If-None-Match')?.split(',') ?? [];
  return tags.some((known) => ['*', `"${tag}"`].includes(known.trim().replace(/^W\//, '')));
}

/** Sends an object, a range of it, or 304 or 416; the caller has set the headers of its content. HEAD gets no body. */
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
  await sendStream(await open(range), response, stalledMs);
}

/** The one range that was asked for; several at once are answered with the whole, as RFC 9110 allows. */
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
