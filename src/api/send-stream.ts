import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** A reader who takes nothing for so long is cut, as it holds a file open. */
const STALLED_MS = 60_000;

/** Sends a stream to its end. A client that goes away in the middle is no error of ours. */
export async function sendStream(
  body: NodeJS.ReadableStream,
  response: Response,
  stalledMs = STALLED_MS,
): Promise<void> {
  response.setTimeout(stalledMs, () => response.destroy());
  try {
    await pipeline(body, response);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
