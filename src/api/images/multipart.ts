import type { RequestHandler } from 'express';
import graphqlUploadExpress from 'graphql-upload/graphqlUploadExpress.mjs';
import processRequest, { type ProcessRequestOptions } from 'graphql-upload/processRequest.mjs';
import { AppError } from '../../errors.js';

/** Parses GraphQL multipart requests. Whatever it stumbles over is the client's fault, and is told as such. */
export function multipart(limits: Required<ProcessRequestOptions>): RequestHandler {
  return graphqlUploadExpress({
    ...limits,
    processRequest: async (request, response, options) => {
      try {
        return await processRequest(request, response, options);
      } catch (error) {
        // The answer waits for the end of the request, which somebody has to read.
        request.resume();
        throw toUploadError(error);
      }
    },
  });
}

/** An error of http-errors, which graphql-upload makes. */
export function isHttpError(error: unknown): error is Error & { status: number } {
  return error instanceof Error && 'status' in error && typeof error.status === 'number';
}

/** What graphql-upload, or the parser in it, says of a request as an error of ours. */
export function toUploadError(error: unknown): AppError {
  if (!isHttpError(error))
    return new AppError('BAD_USER_INPUT', 'The multipart request is malformed', {}, { cause: error });
  if (error.status === 413) return new AppError('PAYLOAD_TOO_LARGE', error.message);
  if (error.status === 499) return new AppError('CANCELLED', error.message);
  return new AppError('BAD_USER_INPUT', error.message);
}
