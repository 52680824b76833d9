import { AppError } from '../errors.js';

/** No object under that key. */
export function notStored(key: string, cause?: unknown): AppError {
  return new AppError('NOT_FOUND', 'The file does not exist', { key }, { cause });
}

/** A body that gave more than it may. */
export function bodyTooLarge(maxBytes: number): AppError {
  return new AppError('PAYLOAD_TOO_LARGE', `The file is larger than ${maxBytes} bytes`, {
    limit: 'maxBytes',
    value: maxBytes,
  });
}

/** The operator's to mend, but not for ever: so the client is told to come back, not that it did wrong. */
export function storageFull(cause: unknown): AppError {
  return new AppError(
    'SERVER_BUSY',
    'The server has no room to store files at present; try again later',
    { retryAfterMs: 60_000 },
    { cause },
  );
}

/** A range of which no byte exists: 416 in HTTP. */
export function rangeOutside(byteSize: number | undefined): AppError {
  const size = byteSize === undefined ? '' : ` of ${byteSize} bytes`;
  return AppError.badInput('range', `must start inside the file${size} and not end before its start`);
}
