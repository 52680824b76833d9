import { ApiError } from './api-error.js';
import {
  type ImageTileFragment,
  UploadImageDocument,
  type UploadImageMutation,
} from './generated/graphql.js';
import { GRAPHQL_URL, readAnswer } from './request.js';

export interface UploadOptions {
  accessToken: string | undefined;
  signal: AbortSignal;
  /** Called with the share of the file that has been sent, 0 to 1. */
  onProgress(share: number): void;
}

/**
 * Uploads a file as a GraphQL multipart request. It uses XMLHttpRequest, because fetch reports no upload progress.
 *
 * @throws ApiError the refusal of the API; `NETWORK` without an answer; `CANCELLED` when aborted
 */
export function upload(
  file: File,
  { accessToken, signal, onProgress }: UploadOptions,
): Promise<ImageTileFragment> {
  const form = new FormData();
  form.set(
    'operations',
    JSON.stringify({ query: UploadImageDocument.toString(), variables: { file: null } }),
  );
  form.set('map', JSON.stringify({ file: ['variables.file'] }));
  form.set('file', file);
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest();
    call.open('POST', GRAPHQL_URL);
    call.setRequestHeader('apollo-require-preflight', '1');
    if (accessToken) call.setRequestHeader('authorization', `Bearer ${accessToken}`);
    call.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    call.onerror = () => reject(new ApiError('NETWORK', 'The upload was interrupted'));
    call.onabort = () => reject(new ApiError('CANCELLED', 'The upload was cancelled'));
    call.onload = () => {
      try {
        resolve(readAnswer<UploadImageMutation>(call.responseText, call.status).uploadImage);
      } catch (error) {
        reject(error);
      }
    };
    signal.addEventListener('abort', () => call.abort(), { once: true });
    call.send(form);
  });
}
