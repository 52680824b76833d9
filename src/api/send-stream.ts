import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';

/** Sends a stream to its end. A client that goes away in the middle is no error of ours. */
export async function sendStream(body: NodeJS.ReadableStream, response: Response): Promise<void> {
  try {
    await pipeline(body, response);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  }
}
