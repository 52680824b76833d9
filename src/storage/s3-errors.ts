import { notStored, rangeOutside, storageUnavailable } from './storage-errors.js';

const CONNECTION_ERRORS = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EPIPE'];

interface S3Error {
  name?: string;
  code?: string;
  $metadata?: { httpStatusCode?: number };
}

/** Converts an error of the SDK to an AppError; returns it unchanged if it means a bug or a wrong setting. */
export function fromS3Error(error: unknown, key: string): unknown {
  if (typeof error !== 'object' || error === null) return error;
  const { name = '', code = '', $metadata = {} }: S3Error = error;
  const { httpStatusCode: status = 0 } = $metadata;
  if (status === 404 && name !== 'NoSuchBucket') return notStored(key, error);
  if (status === 416) return rangeOutside();
  const full = /quota|storagefull/i.test(name);
  const unreachable = name === 'TimeoutError' || CONNECTION_ERRORS.includes(code);
  // 429 and 503: slow down; 507: full. The SDK has tried three times by now.
  return full || unreachable || status === 429 || (status >= 500 && status !== 501)
    ? storageUnavailable(error)
    : error;
}
