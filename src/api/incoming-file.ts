import { Readable, type Writable } from 'node:stream';
import { type GraphQLScalarLiteralParser, GraphQLScalarType } from 'graphql';
import GraphQLUpload from 'graphql-upload/GraphQLUpload.mjs';
import type { FileUpload } from 'graphql-upload/processRequest.mjs';
import { AppError } from '../errors.js';
import type { IncomingFile } from '../services/image.service.js';
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

/** Parts that an argument has taken: a `map` can put one part into a thousand places, and each would be stored. */
const taken = new WeakSet<Promise<FileUpload>>();

/** An upload of graphql-upload as the service takes it. `field` is the argument's path in the request. */
export async function incomingFile({ file: coming }: UploadPart, field: string): Promise<IncomingFile> {
  if (taken.has(coming)) throw AppError.badInput(field, 'must be a part of its own: each is used once');
  taken.add(coming);
  const file = await coming.catch((error) => {
    throw toUploadError(error);
  });
  failWithItsBuffer(file);
  const { filename, createReadStream } = file;
  return { filename, field, open: () => Readable.from(bytesOf(createReadStream), { objectMode: false }) };
}

/** The bytes; what graphql-upload says in HTTP's words comes out as our own error. */
async function* bytesOf(createReadStream: FileUpload['createReadStream']): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream();
  } catch (error) {
    throw isHttpError(error) ? toUploadError(error) : error;
  }
}

/**
 * graphql-upload buffers a file on the disk. When that is full its writer stops without telling the readers, which
 * would wait for ever; ended by hand, it passes its error on to them.
 */
function failWithItsBuffer(file: FileUpload): void {
  const { capacitor } = file as unknown as { capacitor: Writable };
  if (capacitor.errored) capacitor.destroy(capacitor.errored);
  else capacitor.once('error', (error) => capacitor.destroy(error));
}
