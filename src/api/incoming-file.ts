import { Readable } from 'node:stream';
import type { FileUpload } from 'graphql-upload/processRequest.mjs';
import { AppError } from '../errors.js';
import type { IncomingFile } from '../services/image.service.js';

/** An upload of graphql-upload as the service takes it. `field` is the argument's path in the request. */
export async function incomingFile(upload: Promise<FileUpload>, field: string): Promise<IncomingFile> {
  const { filename, createReadStream } = await upload;
  return { filename, field, open: () => Readable.from(bytesOf(createReadStream), { objectMode: false }) };
}

/** The bytes; what graphql-upload says in HTTP's words comes out as our own error. */
async function* bytesOf(createReadStream: FileUpload['createReadStream']): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream();
  } catch (error) {
    const { status, message } = error as { status?: number; message: string };
    if (status === 413) throw new AppError('PAYLOAD_TOO_LARGE', message);
    if (status === 499) throw new AppError('CANCELLED', message);
    throw error;
  }
}
