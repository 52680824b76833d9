/** A request that failed: the code and the message of the API, or `NETWORK` without an answer. */
export class ApiError extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** Milliseconds after which the server suggests another attempt. */
    readonly retryAfterMs?: number,
  ) {
    super(message);
    this.name = 'ApiError';
  }
}

/** What a user can do about an error, by its code. */
const ADVICE: Record<string, string> = {
  NETWORK: 'Check your connection. The page tries again when you are online.',
  UNAUTHENTICATED: 'Sign in again.',
  FORBIDDEN: 'This belongs to another account.',
  NOT_FOUND: 'It may have been deleted.',
  UNSUPPORTED_MEDIA: 'Convert the file to JPEG, PNG, WebP, AVIF, GIF, TIFF or BMP.',
  PAYLOAD_TOO_LARGE: 'Choose a smaller file.',
  LIMIT_EXCEEDED: 'Choose less at once, or delete images that you no longer need.',
  SERVER_BUSY: 'Try again in a moment.',
  RATE_LIMITED: 'Wait a moment before you try again.',
  INTERNAL_SERVER_ERROR: 'This is a fault of the server. Its operator finds the cause in the log.',
};

/** Says in one or two sentences what happened and what to do. */
export function errorText(error: unknown): string {
  if (!(error instanceof ApiError)) return 'Something went wrong in this page. Reload it.';
  const advice = ADVICE[error.code];
  const message = error.message.replace(/\.?$/, '.');
  return advice ? `${message} ${advice}` : message;
}
