import type { RequestHandler } from 'express';
import { isMultipart, type MultipartLimits, MultipartRequest } from './multipart-request.js';
import type { UploadBuffers } from './upload-buffers.js';

/** Parses GraphQL multipart requests; their temporary files are removed when the response closes. */
export function multipart(limits: MultipartLimits, buffers: UploadBuffers): RequestHandler {
  return async (request, response, next) => {
    if (!isMultipart(request)) return next();
    // A refused request is still read, so that a client which sends everything before reading receives the response.
    const multipartRequest = new MultipartRequest(request, limits, buffers);
    response.once('close', () => void multipartRequest.release().catch(() => undefined));
    request.body = await multipartRequest.parse();
    next();
  };
}
