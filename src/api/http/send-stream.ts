import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/**
 * Sends a stream to its end. A client that reads nothing for `stalledMs` is disconnected. A disconnect is not an
 * error.
 */
export async function sendStream(
  body: NodeJS.ReadableStream,
  response: Response,
  stalledMs: number,
): Promise<void> {
  response.setTimeout(stalledMs, () => response.destroy());
  try {
    await pipeline(body, response);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
