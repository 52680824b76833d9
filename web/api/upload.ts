import { authorization, noAnswer, toAppError } from '../../src/client/graphql-request.js';
import { AppError } from '../../src/errors.js';
import {
  type ImageTileFragment,
  UploadImageDocument,
  type UploadImageMutation,
} from './generated/graphql.js';

/** An upload without progress and without an answer for this long is given up, in ms: a busy server inspects it later. */
const STALLED_MS = 120_000;

export interface UploadOptions {
  /** Address of the server, without a slash at the end. */
  url: string;
  accessToken: string | undefined;
  signal: AbortSignal;
  /** Called with the share of the file that has been sent, 0 to 1. */
  onProgress(share: number): void;
}

/**
 * Uploads a file as a GraphQL multipart request. It uses XMLHttpRequest, because fetch reports no upload progress.
 *
 * @throws AppError the refusal of the API; SERVER_BUSY without an answer, or when it stalls; CANCELLED when aborted
 */
export function upload(file: File, options: UploadOptions): Promise<ImageTileFragment> {
  const { url, accessToken, signal, onProgress } = options;
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new AppError('CANCELLED', 'The upload was cancelled'));
    const call = new XMLHttpRequest();
    call.open('POST', `${url}/graphql`);
    call.setRequestHeader('apollo-require-preflight', '1');
    for (const [name, value] of Object.entries(authorization(accessToken)))
      call.setRequestHeader(name, value);
    const restartTimer = abortWhenStalled(call, () => reject(noAnswer(url, 'the upload made no progress')));
    call.upload.onprogress = ({ loaded, total }) => {
      restartTimer();
      onProgress(total > 0 ? loaded / total : 0);
    };
    call.onerror = () => reject(noAnswer(url, 'the upload was interrupted'));
    call.onabort = () => reject(new AppError('CANCELLED', 'The upload was cancelled'));
    call.onload = () => {
      const { data, errors } = parseAnswer(call.responseText);
      if (errors?.[0]) reject(toAppError(errors[0]));
      else if (data) resolve(data.uploadImage);
      else reject(noAnswer(url, `it answered ${call.status} without data`));
    };
    signal.addEventListener('abort', () => call.abort(), { once: true });
    call.send(multipart(file));
  });
}

/** Ends a call that makes no progress; returns a function that restarts the time limit. */
function abortWhenStalled(call: XMLHttpRequest, onStalled: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const restart = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      onStalled();
      call.abort();
    }, STALLED_MS);
  };
  call.onloadend = () => clearTimeout(timer);
  restart();
  return restart;
}

function multipart(file: File): FormData {
  const form = new FormData();
  const operations = { query: UploadImageDocument.toString(), variables: { file: null } };
  form.set('operations', JSON.stringify(operations));
  form.set('map', JSON.stringify({ file: ['variables.file'] }));
  form.set('file', file);
  return form;
}

function parseAnswer(text: string): {
  data?: UploadImageMutation | null;
  errors?: Parameters<typeof toAppError>[0][];
} {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
