import { BASE_PATH } from '../app/base-path.js';
import { ApiError } from './api-error.js';
import type { TypedDocumentString } from './generated/graphql.js';

interface GraphQLFailure {
  message: string;
  extensions?: { code?: string; retryAfterMs?: number };
}

interface GraphQLAnswer<Data> {
  data?: Data | null;
  errors?: GraphQLFailure[];
}

/** Address of the GraphQL API. */
export const GRAPHQL_URL = `${BASE_PATH}/graphql`;

/**
 * Sends one operation.
 *
 * @throws ApiError the first error of the answer; `NETWORK` without an answer
 */
export async function request<Data, Variables>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  accessToken: string | undefined,
): Promise<Data> {
  const response = await fetch(GRAPHQL_URL, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(accessToken && { authorization: `Bearer ${accessToken}` }),
    },
    body: JSON.stringify({ query: document.toString(), variables }),
  }).catch(() => {
    throw new ApiError('NETWORK', 'The server did not answer');
  });
  return readAnswer(await response.text(), response.status);
}

/** Reads the answer to an operation. @throws ApiError */
export function readAnswer<Data>(text: string, status: number): Data {
  const { data, errors } = parse<Data>(text, status);
  if (errors?.[0]) throw toApiError(errors[0]);
  if (!data) throw new ApiError('NETWORK', `The server answered with status ${status}`);
  return data;
}

/** Reads the error of an answer that is not an operation's. */
export function readErrors(text: string, status: number): ApiError {
  const [error] = parse(text, status).errors ?? [];
  return error ? toApiError(error) : new ApiError('NETWORK', `The server answered with status ${status}`);
}

function toApiError({ message, extensions = {} }: GraphQLFailure): ApiError {
  return new ApiError(extensions.code ?? 'INTERNAL_SERVER_ERROR', message, extensions.retryAfterMs);
}

function parse<Data>(text: string, status: number): GraphQLAnswer<Data> {
  try {
    return JSON.parse(text) as GraphQLAnswer<Data>;
  } catch {
    throw new ApiError('NETWORK', `The server answered with status ${status}`);
  }
}
