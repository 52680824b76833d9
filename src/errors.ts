/**
 * The closed list of errors of this application.
 *
 * An {@link AppError} is expected: its message is for the client, names the wrong field and says what would be right.
 * Any other error is a bug and is masked before it leaves the server.
 */

/** Every code that `errors[].extensions.code` can have, besides Apollo's own for malformed requests. */
export const ERROR_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'CONFLICT',
  'UNSUPPORTED_MEDIA',
  'PAYLOAD_TOO_LARGE',
  'LIMIT_EXCEEDED',
  'SERVER_BUSY',
  'RATE_LIMITED',
  'PROCESSING_FAILED',
  'CANCELLED',
  'INTERNAL_SERVER_ERROR',
] as const;

/** Number of nested causes that are kept; causes can form a circle. */
const MAX_CAUSES = 5;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Details of an error, such as `field`, `limit`, `value`, `retryAfterMs`. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** An error as data, to cross threads and processes and to be stored. */
export interface ErrorData {
  code: ErrorCode;
  message: string;
  details?: ErrorDetails;
  /** Stack of an unexpected error, or of the cause of an expected one; for the log, never for a client. */
  cause?: string;
}

export class AppError extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** BAD_USER_INPUT for one field, by its path in the input, such as `operations[0].resize.width`. */
  static badInput(field: string, message: string, details: ErrorDetails = {}): AppError {
    return new AppError('BAD_USER_INPUT', `${field}: ${message}`, { field, ...details });
  }

  /** Creates a LIMIT_EXCEEDED with the name and value of the limit and the requested value (or a lower bound of it). Every one is created here. */
  static limit(
    limit: string,
    value: number,
    asked: number,
    message: string,
    details: ErrorDetails = {},
  ): AppError {
    return new AppError('LIMIT_EXCEEDED', message, { ...details, limit, value, asked });
  }

  /** LIMIT_EXCEEDED for one field, by its path in the input. */
  static beyond(field: string, limit: string, value: number, asked: number): AppError {
    return AppError.limit(limit, value, asked, `${field}: at most ${value}, not ${asked}`, { field });
  }
}

/** The error as data. An unexpected one keeps its stack in `cause` and tells the client nothing. */
export function toErrorData(error: unknown): ErrorData {
  if (error instanceof AppError) {
    const { code, message, details, cause } = error;
    return { code, message, details, ...(cause !== undefined && { cause: stackOf(cause) }) };
  }
  return { code: 'INTERNAL_SERVER_ERROR', message: 'Internal error', cause: stackOf(error) };
}

/** Revives what {@link toErrorData} wrote on the other side of a thread or a process. */
export function fromErrorData({ code, message, details, cause }: ErrorData): AppError {
  return new AppError(code, message, details, cause === undefined ? undefined : { cause: fromStack(cause) });
}

/** Whether its cause is for the operator: the server could not do what was right to ask of it. */
export function isOperational({ code, cause }: AppError): boolean {
  return cause !== undefined && (code === 'SERVER_BUSY' || code === 'PROCESSING_FAILED');
}

/** Of the error and of what it comes from. */
function stackOf(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? error.message;
  if (error.cause === undefined || depth === MAX_CAUSES) return stack;
  return `${stack}\ncaused by: ${stackOf(error.cause, depth + 1)}`;
}

/** An error that a log shows as the one whose stack it was. */
function fromStack(stack: string): Error {
  const error = new Error(stack.split('\n', 1)[0]);
  error.stack = stack;
  return error;
}
