import { AppError, type ErrorCode } from '../../src/errors.js';

/** What a user can do about an error, by its code; messages of the other codes say so themselves. */
const ADVICE: Partial<Record<ErrorCode, string>> = {
  FORBIDDEN: 'This belongs to another account.',
  NOT_FOUND: 'It may have been deleted.',
  UNSUPPORTED_MEDIA: 'Choose another file.',
  PAYLOAD_TOO_LARGE: 'Choose a smaller file.',
  LIMIT_EXCEEDED: 'Choose less at once, or delete images that you no longer need.',
  SERVER_BUSY: 'Check your connection, or try again in a moment.',
  RATE_LIMITED: 'Wait a moment before you try again.',
  INTERNAL_SERVER_ERROR: 'This is a fault of the server. Its operator finds the cause in the log.',
};

/** Says in one or two sentences what happened and what to do. */
export function errorText(error: unknown): string {
  if (!(error instanceof AppError)) return 'Something went wrong in this page. Reload it.';
  const advice = ADVICE[error.code];
  const message = messageText(error.message).replace(/\.?$/, '.');
  return advice ? `${message} ${advice}` : message;
}

/**
 * A message of the API whose fields are named as the page names them: `input.operations[1].blur.sigma: must be …`
 * becomes `Step 2, sigma: must be …`.
 */
export function messageText(message: string): string {
  return message
    .replace(/^input\.operations\[(\d+)\](?:\.\w+)?(?:\.(\w+))?:/, (_path, index, field) => {
      return `Step ${Number(index) + 1}${field ? `, ${field}` : ''}:`;
    })
    .replace(/^input\.(\w+)(?:\[\d+\]|\.\w+)*:/, (_path, field: string) => `${inWords(field)}:`);
}

/** The name of a field as words: `workerCounts` → `Worker counts`. */
function inWords(field: string): string {
  const words = field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
}
