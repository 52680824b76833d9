import { AppError } from '../errors.js';

/** No object under that key, which is for the log alone. */
export function notStored(key: string, cause?: unknown): AppError {
  return new AppError('NOT_FOUND', 'The file does not exist', {}, { cause: cause ?? key });
}

/** A body that gave more than it may. */
export function bodyTooLarge(maxBytes: number): AppError {
  return new AppError('PAYLOAD_TOO_LARGE', `The file is larger than ${maxBytes} bytes`, {
    limit: 'maxBytes',
    value: maxBytes,
  });
}

/** No room, or no answer: the operator's to mend, but not for ever, so the client is told to come back. */
export function storageUnavailable(cause: unknown): AppError {
  return new AppError(
    'SERVER_BUSY',
    'The server cannot store or read files at present; try again later',
    { retryAfterMs: 60_000 },
    { cause },
  );
}

/** A range of which no byte exists: 416 in HTTP. */
export function rangeOutside(): AppError {
  return AppError.badInput('range', 'must start inside the file and not end before its start');
}
