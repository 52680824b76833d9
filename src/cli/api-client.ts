import { setTimeout as delay } from 'node:timers/promises';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { print } from 'graphql';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { AppError, type ErrorCode } from '../errors.js';
import {
  LoginDocument,
  RefreshTokenDocument,
  RegisterDocument,
  type SessionFragment,
} from './generated/graphql.js';

/** A token is renewed when it would end within this. */
const RENEW_BEFORE_MS = 60_000;
const RECONNECT_MS = 500;
/** Number of failures in a row that ends a subscription: half a minute without an answer. */
const MAX_RECONNECTS = 60;

/** The API, as typed documents; keeps itself signed in. */
export class ApiClient {
  #session: SessionFragment | null = null;
  #renewing: Promise<void> | null = null;

  /** @param url without a slash at the end, such as `http://localhost:4000` */
  constructor(private readonly url: string) {}

  async register(email: string, password: string): Promise<void> {
    const { register } = await this.request(RegisterDocument, { input: { email, password } });
    this.#session = register;
  }

  async login(email: string, password: string): Promise<void> {
    const { login } = await this.request(LoginDocument, { input: { email, password } });
    this.#session = login;
  }

  /** The data of an operation. @throws AppError the first error of the answer, or SERVER_BUSY where there was no answer. */
  async request<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data> {
    await this.#renew();
    return this.#post(document, variables);
  }

  /** Every event of a subscription until it completes. A lost connection is taken up again. */
  async *subscribe<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): AsyncGenerator<Data, void> {
    for (let failures = 0; ; failures++) {
      const client = createClient({
        url: `${this.url.replace(/^http/, 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        retryAttempts: 0,
        connectionParams: async () => {
          await this.#renew();
          return this.#authorization();
        },
      });
      try {
        for await (const { data, errors } of client.iterate<Data>({ query: print(document), variables })) {
          if (errors?.[0]) throw toAppError(errors[0]);
          failures = 0;
          if (data) yield data;
        }
        return;
      } catch (error) {
        if (error instanceof AppError && error.code !== 'SERVER_BUSY') throw error;
        if (failures === MAX_RECONNECTS) throw noAnswer(this.url, 'the connection was lost');
        await delay(RECONNECT_MS);
      } finally {
        await client.dispose();
      }
    }
  }

  /** Once for all who ask at the same time: a refresh token can be used once. */
  async #renew(): Promise<void> {
    const session = this.#session;
    if (!session || Date.parse(session.accessTokenExpiresAt) - Date.now() > RENEW_BEFORE_MS) return;
    const { refreshToken } = session;
    this.#renewing ??= this.#post(RefreshTokenDocument, { refreshToken })
      .then((data) => {
        this.#session = data.refreshToken;
      })
      .finally(() => {
        this.#renewing = null;
      });
    await this.#renewing;
  }

  async #post<Data, Variables>(
    document: TypedDocumentNode<Data, Variables>,
    variables: Variables,
  ): Promise<Data> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.#authorization() },
      body: JSON.stringify({ query: print(document), variables }),
    }).catch((error) => {
      throw noAnswer(this.url, error.cause?.code ?? error.message);
    });
    const answer = await response.json().catch(() => ({}));
    const { data, errors } = answer as { data?: Data; errors?: GraphQLFailure[] };
    if (errors?.[0]) throw toAppError(errors[0]);
    if (!data) throw noAnswer(this.url, `it answered ${response.status} without data`);
    return data;
  }

  #authorization(): Record<string, string> {
    return this.#session ? { authorization: `Bearer ${this.#session.accessToken}` } : {};
  }
}

const noAnswer = (url: string, why: string): AppError =>
  new AppError('SERVER_BUSY', `${url} cannot be used: ${why}`);

interface GraphQLFailure {
  message: string;
  extensions?: { code?: unknown } | undefined;
}

function toAppError({ message, extensions }: GraphQLFailure): AppError {
  return new AppError((extensions?.code ?? 'INTERNAL_SERVER_ERROR') as ErrorCode, message);
}
