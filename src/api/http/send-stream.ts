import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** Sends a stream to its end. A reader who takes nothing for `stalledMs` is cut; one that goes away is no error of ours. */
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
