import { Readable, type Writable } from 'node:stream';
import { type GraphQLScalarLiteralParser, GraphQLScalarType } from 'graphql';
import GraphQLUpload from 'graphql-upload/GraphQLUpload.mjs';
import type { FileUpload } from 'graphql-upload/processRequest.mjs';
import { AppError } from '../../errors.js';
import type { IncomingFile } from '../../services/images/image-upload.js';
import { isHttpError, toUploadError } from './multipart.js';

/** A part of a multipart request, which may not have come yet. */
export interface UploadPart {
  file: Promise<FileUpload>;
}

/** graphql-upload's scalar, its promise wrapped: TypeGraphQL would await it, and fail beside our error handling. */
export const UploadScalar = new GraphQLScalarType<UploadPart>({
  ...GraphQLUpload.toConfig(),
  parseValue: (value) => ({ file: GraphQLUpload.parseValue(value) }),
  parseLiteral: GraphQLUpload.parseLiteral as GraphQLScalarLiteralParser<never>,
});

/** Upload parts already taken by an argument: `map` can place one part a thousand times, and each would be stored. */
const taken = new WeakSet<Promise<FileUpload>>();

/** An upload of graphql-upload as the service takes it. `field` is the argument's path in the request. */
export async function incomingFile({ file: coming }: UploadPart, field: string): Promise<IncomingFile> {
  if (taken.has(coming)) throw AppError.badInput(field, 'must be a part of its own: each is used once');
  taken.add(coming);
  const file = await coming.catch((error) => {
    throw toUploadError(error);
  });
  failWithItsBuffer(file);
  const { filename } = file;
  return { filename, field, open: () => Readable.from(bytesOf(file), { objectMode: false }) };
}

/** The bytes; what graphql-upload says in HTTP's words comes out as our own error. */
async function* bytesOf(file: FileUpload): AsyncGenerator<Uint8Array> {
  try {
    yield* file.createReadStream();
  } catch (error) {
    // Where the buffer failed before it was read, what reading says of it is not why.
    const cause = bufferOf(file).errored ?? error;
    throw isHttpError(cause) ? toUploadError(cause) : cause;
  }
}

/**
 * graphql-upload buffers a file on the disk. When that is full its writer stops without telling the readers, which
 * would wait for ever; ended by hand, it passes its error on to them.
 */
function failWithItsBuffer(file: FileUpload): void {
  const buffer = bufferOf(file);
  if (buffer.errored) buffer.destroy(buffer.errored);
  else buffer.once('error', (error) => buffer.destroy(error));
}

const bufferOf = (file: FileUpload): Writable => (file as unknown as { capacitor: Writable }).capacitor;
