import { AppError } from '../errors.js';

/** NOT_FOUND; the key is only logged. */
export function notStored(key: string, cause?: unknown): AppError {
  return new AppError('NOT_FOUND', 'The file does not exist', {}, { cause: cause ?? key });
}

/** PAYLOAD_TOO_LARGE for a body of more than `maxBytes`. */
export function bodyTooLarge(maxBytes: number): AppError {
  return new AppError('PAYLOAD_TOO_LARGE', `The file is larger than ${maxBytes} bytes`, {
    limit: 'maxBytes',
    value: maxBytes,
  });
}

/** SERVER_BUSY: the storage is unavailable until the operator acts. */
export function storageUnavailable(cause: unknown): AppError {
  return new AppError(
    'SERVER_BUSY',
    'The server cannot read or write files now; try again later',
    { retryAfterMs: 60_000 },
    { cause },
  );
}

/** BAD_USER_INPUT for a range of which no byte exists: 416 in HTTP. */
export function rangeOutside(): AppError {
  return AppError.badInput('range', 'must start inside the file and not end before its start');
}
