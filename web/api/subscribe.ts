import { createClient } from 'graphql-ws';
import { ApiError } from './api-error.js';
import type { TypedDocumentString } from './generated/graphql.js';
import { GRAPHQL_URL } from './request.js';

export interface SubscriptionHandlers<Data> {
  onEvent(data: Data): void;
  onError(error: ApiError): void;
  onComplete(): void;
  /** The connection was lost (false) or is back (true). */
  onConnection(connected: boolean): void;
}

/** Pauses between attempts to reconnect, in ms; the last one repeats. */
const RETRY_PAUSES_MS = [200, 500, 1_000, 2_000, 5_000];

/**
 * Subscribes over a WebSocket of its own and reconnects until it is closed. The API sends the stored state first, so a
 * reconnect loses nothing.
 *
 * @returns closes the subscription
 */
export function subscribe<Data, Variables extends Record<string, unknown>>(
  document: TypedDocumentString<Data, Variables>,
  variables: Variables,
  accessToken: () => Promise<string>,
  { onEvent, onError, onComplete, onConnection }: SubscriptionHandlers<Data>,
): () => void {
  const client = createClient({
    url: new URL(GRAPHQL_URL, location.href).href.replace(/^http/, 'ws'),
    connectionParams: async () => ({ authorization: `Bearer ${await accessToken()}` }),
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (attempt) =>
      new Promise((resolve) => setTimeout(resolve, RETRY_PAUSES_MS[Math.min(attempt, 4)])),
    on: { connected: () => onConnection(true), closed: () => onConnection(false) },
  });
  const stop = client.subscribe<Data>(
    { query: document.toString(), variables },
    {
      next: ({ data, errors }) => {
        const [error] = errors ?? [];
        if (error) onError(toApiError(error));
        else if (data) onEvent(data);
      },
      error: (error) => onError(toApiError(Array.isArray(error) ? error[0] : error)),
      complete: onComplete,
    },
  );
  return () => {
    stop();
    void client.dispose();
  };
}

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const { message, extensions } = (error ?? {}) as { message?: string; extensions?: { code?: string } };
  return new ApiError(extensions?.code ?? 'NETWORK', message ?? 'The connection was lost');
}
