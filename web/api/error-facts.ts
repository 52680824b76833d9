/** What a user, and the page itself, can do about an error, by its code. */
import { AppError, type ErrorCode } from '../../src/errors.js';

interface ErrorFacts {
  /** What to do; empty where the messages of this code say so themselves. */
  advice: string;
  /** Whether the same request can succeed later, unchanged. */
  retryable: boolean;
}

export const ERROR_FACTS: Readonly<Record<ErrorCode, ErrorFacts>> = {
  UNAUTHENTICATED: { advice: '', retryable: false },
  FORBIDDEN: { advice: 'This belongs to another account.', retryable: false },
  NOT_FOUND: { advice: 'It may have been deleted.', retryable: false },
  BAD_USER_INPUT: { advice: '', retryable: false },
  CONFLICT: { advice: '', retryable: false },
  UNSUPPORTED_MEDIA: { advice: 'Choose another file.', retryable: false },
  PAYLOAD_TOO_LARGE: { advice: 'Choose a smaller file.', retryable: false },
  LIMIT_EXCEEDED: { advice: '', retryable: false },
  SERVER_BUSY: { advice: 'Check your connection, or try again in a moment.', retryable: true },
  RATE_LIMITED: { advice: 'Wait a moment before you try again.', retryable: true },
  PROCESSING_FAILED: { advice: '', retryable: false },
  CANCELLED: { advice: '', retryable: false },
  INTERNAL_SERVER_ERROR: {
    advice: 'This is a fault of the server. Its operator finds the cause in the log.',
    retryable: false,
  },
};

/** Whether a code is in the list: Apollo has more of its own, for malformed requests. */
const factsOf = ({ code }: AppError): ErrorFacts | undefined =>
  Object.hasOwn(ERROR_FACTS, code) ? ERROR_FACTS[code] : undefined;

/** What to do about an error; empty where its message says so itself. */
export const adviceOf = (error: AppError): string => factsOf(error)?.advice ?? '';

/** Whether the same request can succeed later, unchanged. */
export const isRetryable = (error: unknown): boolean =>
  error instanceof AppError && (factsOf(error)?.retryable ?? false);

/** Whether an error says that something is not there for this user: deleted, or of another account. */
export const isMissing = (error: unknown): boolean =>
  error instanceof AppError && (error.code === 'NOT_FOUND' || error.code === 'FORBIDDEN');
