/** A small GraphQL client: fetch, multipart requests, WebSocket; errors are not wrapped. */
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { noteSecrets } from '../checks/secrets.js';
import { readUntil } from '../eventually.js';

export interface GraphQLAnswer<Data> {
  data?: Data;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
}

/** A file to upload. */
export interface UploadFile {
  name: string;
  bytes: Uint8Array;
}

// biome-ignore lint/suspicious/noExplicitAny: tests read answers freely
type Anything = any;

export class GraphQLClient {
  token: string | undefined;

  constructor(readonly url: string) {}

  /** The whole answer, with its errors. */
  async ask<Data = Anything>(query: string, variables: object = {}): Promise<GraphQLAnswer<Data>> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.authorization() },
      body: JSON.stringify({ query, variables }),
    });
    return answerOf(response, variables);
  }

  /**
   * The data; throws where there are errors. A server that is busy is asked again, as clients do: on a loaded machine its
   * engines load for longer than a request waits for them.
   */
  async get<Data = Anything>(query: string, variables: object = {}): Promise<Data> {
    const ask = () => this.ask<Data>(query, variables);
    return dataOf(await readUntil(ask, ({ errors }) => errors?.[0]?.extensions.code !== 'SERVER_BUSY'));
  }

  /** The code of the first error; throws where there is none. */
  async codeOf(query: string, variables: object = {}): Promise<string> {
    return codeOf(await this.ask(query, variables));
  }

  /** Sends files as a multipart request; `variables` has nulls where they belong, `paths` says where. */
  async send<Data = Anything>(
    query: string,
    variables: object,
    files: Record<string, UploadFile>,
    headers: Record<string, string> = { 'apollo-require-preflight': '1' },
  ): Promise<GraphQLAnswer<Data>> {
    const form = new FormData();
    form.append('operations', JSON.stringify({ query, variables }));
    const entries = Object.entries(files);
    form.append('map', JSON.stringify(Object.fromEntries(entries.map(([path], index) => [index, [path]]))));
    for (const [index, [, { name, bytes }]] of entries.entries()) {
      form.append(String(index), new Blob([new Uint8Array(bytes)]), name);
    }
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { ...headers, ...this.authorization() },
      body: form,
    });
    return answerOf(response, variables);
  }

  /** Uploads one image; throws where it is refused. */
  async upload(bytes: Uint8Array, name = 'image'): Promise<Anything> {
    const query = `mutation ($file: Upload!) { uploadImage(file: $file) { ${IMAGE_FIELDS} } }`;
    return dataOf(await this.send(query, { file: null }, { 'variables.file': { name, bytes } })).uploadImage;
  }

  /** Registers a new account and signs in as it. */
  async register(
    email = `user-${crypto.randomUUID()}@example.com`,
    password = 'correct horse',
  ): Promise<Anything> {
    const { register } = await this.get(
      `mutation ($input: RegisterInput!) {
        register(input: $input) { user { id email } accessToken accessTokenExpiresAt refreshToken }
      }`,
      { input: { email, password } },
    );
    this.token = register.accessToken;
    return register;
  }

  /** The events of a subscription, on a socket of its own; throws where one has errors. */
  async *subscribe<Data = Anything>(query: string, variables: Record<string, unknown> = {}) {
    const socket = createClient({
      url: `${this.url.replace(/^http/, 'ws')}/graphql`,
      connectionParams: this.authorization(),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    });
    try {
      for await (const event of socket.iterate<Data>({ query, variables })) {
        yield dataOf(event as GraphQLAnswer<Data>);
      }
    } finally {
      await socket.dispose();
    }
  }

  authorization(): Record<string, string> {
    return this.token === undefined ? {} : { authorization: `Bearer ${this.token}` };
  }
}

async function answerOf<Data>(response: Response, variables: object): Promise<GraphQLAnswer<Data>> {
  const text = await response.text();
  noteSecrets(JSON.stringify(variables));
  noteSecrets(text);
  return JSON.parse(text);
}

export const IMAGE_FIELDS =
  'id filename format width height byteSize engine durationMs url createdAt source { id } operations { kind params }';

export function dataOf<Data>({ data, errors }: GraphQLAnswer<Data>): Data {
  if (errors || !data) throw new Error(JSON.stringify(errors));
  return data;
}

export function codeOf({ errors }: GraphQLAnswer<unknown>): string {
  if (!errors?.[0]) throw new Error('expected an error');
  return String(errors[0].extensions.code);
}
