import { AppError } from '../../src/errors.js';
import { adviceOf } from './error-facts.js';

/** Says in one or two sentences what happened and what to do. */
export function errorText(error: unknown): string {
  if (!(error instanceof AppError)) return 'Something went wrong in this page. Reload it.';
  const advice = adviceOf(error);
  const message = messageText(error.message).replace(/\.?$/, '.');
  return advice ? `${message} ${advice}` : message;
}

/**
 * A message of the API whose fields are named as the page names them: `input.operations[1].blur.sigma: must be …`
 * becomes `Step 2, sigma: must be …`, and `file: is empty` becomes `This file is empty`.
 */
export function messageText(message: string): string {
  return message
    .replace(/^(?:input\.)?file: is /, 'This file is ')
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
