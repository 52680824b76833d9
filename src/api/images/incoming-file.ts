import { GraphQLError, GraphQLScalarType } from 'graphql';
import type { IncomingFile } from '../../services/images/image-upload.js';
import { UploadPart } from './upload-part.js';

const EXPECTED = 'must be a file part of a GraphQL multipart request, passed as a variable';

export const UploadScalar = new GraphQLScalarType<UploadPart, never>({
  name: 'Upload',
  description:
    'A file part of a GraphQL multipart request (https://github.com/jaydenseric/graphql-multipart-request-spec), passed as a variable. Each part is used once: a second reference to it is BAD_USER_INPUT.',
  parseValue: (value) => {
    if (value instanceof UploadPart) return value;
    throw new GraphQLError(EXPECTED);
  },
  parseLiteral: (node) => {
    throw new GraphQLError(EXPECTED, { nodes: node });
  },
  serialize: () => {
    throw new Error('No field of this schema returns an upload');
  },
});

/** Converts an uploaded file for the service. `field` is the path of the argument in the request. */
export async function incomingFile(part: UploadPart, field: string): Promise<IncomingFile> {
  return part.take(field);
}
