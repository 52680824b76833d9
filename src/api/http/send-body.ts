import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** Node's `pipeline` adds seven listeners for `close` to a response, and warns of a leak at eleven: ours are four or five. */
const MAX_LISTENERS = 14;

/**
 * Sends bytes, or a stream to its end. A client that reads nothing for `stalledMs` is disconnected. A disconnect is not an
 * error.
 */
export async function sendBody(
  body: NodeJS.ReadableStream | Uint8Array,
  response: Response,
  stalledMs: number,
): Promise<void> {
  response.setTimeout(stalledMs, () => response.destroy());
  if (body instanceof Uint8Array) return void response.end(body);
  response.setMaxListeners(MAX_LISTENERS);
  try {
    await pipeline(body, response);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
