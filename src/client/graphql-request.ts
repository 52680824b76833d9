import { AppError, type ErrorCode, type ErrorDetails } from '../errors.js';
import type { TypedDocument } from './typed-document.js';

/** An entry of `errors[]`. */
export interface GraphQLFailure {
  message: string;
  extensions?: ({ code?: unknown } & Record<string, unknown>) | undefined;
}

export interface RequestOptions {
  /** In browsers: the request is sent even if the page is closed meanwhile. At most 64 KB for all such requests. */
  keepalive?: boolean;
  /** Ends the request; it then fails with SERVER_BUSY, as without an answer. */
  signal?: AbortSignal;
}

/**
 * Sends one operation to a server and returns its data.
 *
 * @param url of the server, without a slash at the end
 * @throws AppError the first error of the answer; SERVER_BUSY without an answer
 */
export async function requestGraphql<Data, Variables>(
  url: string,
  document: TypedDocument<Data, Variables>,
  variables: Variables,
  token: string | undefined,
  options: RequestOptions = {},
): Promise<Data> {
  const headers = { 'content-type': 'application/json', ...authorization(token) };
  const body = JSON.stringify({ query: document.toString(), variables });
  const { status, answer } = await fetchJson(`${url}/graphql`, { method: 'POST', headers, body, ...options });
  const { data, errors } = answer as { data?: Data | null; errors?: GraphQLFailure[] };
  if (errors?.[0]) throw toAppError(errors[0]);
  if (!data) throw noAnswer(url, `it answered ${status} without data`);
  return data;
}

/**
 * Sends a request and reads the JSON of its answer; `{}` if it is not JSON. @throws AppError SERVER_BUSY without an
 * answer
 */
export async function fetchJson(
  url: string,
  init: RequestInit,
): Promise<{ status: number; answer: unknown }> {
  try {
    const response = await fetch(url, init);
    return { status: response.status, answer: await response.json().catch(() => ({})) };
  } catch (error) {
    const { message, cause } = error as Error & { cause?: { code?: string; message?: string } };
    throw noAnswer(url, cause?.code ?? cause?.message ?? message);
  }
}

export function authorization(token: string | undefined): Record<string, string> {
  return token === undefined ? {} : { authorization: `Bearer ${token}` };
}

export function toAppError({ message, extensions: { code, ...details } = {} }: GraphQLFailure): AppError {
  return new AppError((code ?? 'INTERNAL_SERVER_ERROR') as ErrorCode, message, details as ErrorDetails);
}

export const noAnswer = (url: string, why: string): AppError =>
  new AppError('SERVER_BUSY', `${url} cannot be used: ${why}`, { unanswered: true });

/** Whether an error means that no answer came: the server may have done what was asked. */
export const isUnanswered = (error: unknown): boolean =>
  error instanceof AppError && error.details.unanswered === true;
