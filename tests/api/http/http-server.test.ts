import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listenOn } from '../../../src/api/http/listen-on.js';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { MULTIPART_TYPE } from '../../support/clients/multipart-body.js';
import { RawSocket } from '../../support/clients/raw-socket.js';
import { ONE_PIXEL_PNG } from '../../support/images/one-pixel.js';
import { freePort } from '../../support/servers/free-port.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

const INFO = '{ serverInfo { version } }';
const PAGE = 'https://page.example';

let app: TestApp;
let ada: GraphQLClient;
let imageUrl: string;
/** Address without the path of the public URL. */
let origin: string;
beforeAll(async () => {
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  app = await startTestApp({
    host: '127.0.0.1',
    port,
    publicUrl: `${origin}/prefix`,
    allowedOrigins: [PAGE],
  });
  ada = await app.signedIn();
  imageUrl = (await ada.upload(ONE_PIXEL_PNG)).url;
});
afterAll(() => app.close());

function post(body: string, headers: Record<string, string> = {}): Promise<Response> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body };
  return fetch(`${app.url}/graphql`, init);
}

/** What a server answers to bytes that no HTTP client sends. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(origin).port), '127.0.0.1');
  socket.write(bytes);
  return text(socket);
}

const errorIn = (body: string) => JSON.parse(body).errors[0];

describe('every response', () => {
  const upload = { 'content-type': MULTIPART_TYPE };
  it.each<[string, number, () => Promise<Response>]>([
    ['a probe', 200, () => fetch(`${app.url}/health`)],
    ['readiness', 200, () => fetch(`${app.url}/ready`)],
    ['metrics', 200, () => fetch(`${app.url}/metrics`)],
    ['GraphQL', 200, () => post(JSON.stringify({ query: INFO }))],
    ['malformed JSON', 400, () => post('{')],
    [
      'a refused upload',
      401,
      () => fetch(`${app.url}/graphql`, { method: 'POST', headers: upload, body: 'x' }),
    ],
    [
      'the redirect of browsers',
      302,
      () => fetch(`${app.url}/graphql`, { headers: { accept: 'text/html' }, redirect: 'manual' }),
    ],
    ['the playground', 200, () => fetch(`${app.url}/playground`)],
    ['an asset', 200, () => fetch(`${app.url}/playground/favicon.ico`)],
    ['a missing asset', 404, () => fetch(`${app.url}/playground/none.js`)],
    ['an image', 200, () => fetch(imageUrl)],
    ['an image without a link', 401, () => fetch(`${app.url}/media/images/x`)],
    ['an unknown address', 404, () => fetch(`${app.url}/none`)],
    ['an address that cannot be decoded', 400, () => fetch(`${app.url}/media/images/%ff`)],
    [
      'a preflight request',
      204,
      () =>
        fetch(`${app.url}/graphql`, {
          method: 'OPTIONS',
          headers: { origin: PAGE, 'access-control-request-method': 'POST' },
        }),
    ],
  ])('forbids sniffing and frames: %s', async (_what, status, ask) => {
    const response = await ask();
    expect(response.status).toBe(status);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    await response.bytes();
  });

  it.each([
    ['that is no HTTP', 'x\r\n\r\n', 400],
    ['with headers that are too large', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ])('to a request %s has them too, and a code', async (_what, bytes, status) => {
    const answer = await raw(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).toMatch(/X-Content-Type-Options: nosniff\r\n.*frame-ancestors 'none'/s);
    expect(errorIn(answer.split('\r\n\r\n')[1] ?? '').extensions.code).toBe('BAD_REQUEST');
  });
});

describe('a request that is no GraphQL over HTTP', () => {
  it.each<[string, number, RegExp, () => Promise<Response>]>([
    ['another method', 405, /PUT is not supported/, () => fetch(`${app.url}/graphql`, { method: 'PUT' })],
    [
      'HTML wanted',
      406,
      /^Accept: must allow/,
      () => post(JSON.stringify({ query: INFO }), { accept: 'text/html' }),
    ],
    [
      'events wanted',
      406,
      /WebSocket \(graphql-transport-ws\)/,
      () =>
        post(JSON.stringify({ query: 'subscription { jobProgress(jobId: "1") { seq } }' }), {
          accept: 'text/event-stream',
        }),
    ],
    ['a batch', 400, /batches are not supported/, () => post('[]')],
    ['an empty object', 400, /must be a JSON object with `query`/, () => post('{}')],
    ['no body', 400, /must be a JSON object with `query`/, () => post('')],
    ['no query', 400, /`query` must be the text/, () => post('{"variables":{}}')],
    ['a parsed query', 400, /`query` must be the text/, () => post('{"query":{"kind":"Document"}}')],
    [
      'variables as text',
      400,
      /`variables` must be an object/,
      () => post(`{"query":"{a}","variables":"{}"}`),
    ],
    [
      'a name that is no text',
      400,
      /`operationName` must be text/,
      () => post(`{"query":"{a}","operationName":1}`),
    ],
    [
      'an unknown name',
      400,
      /^operationName: must name/,
      () => post(`{"query":"query A {a}","operationName":"B"}`),
    ],
    [
      'no name for two operations',
      400,
      /^operationName: must name/,
      () => post(`{"query":"query A {a} query B {b}"}`),
    ],
    [
      'a query given twice',
      400,
      /`query` must be given once/,
      () => fetch(`${app.url}/graphql?query=a&query=b`, { headers: { 'apollo-require-preflight': '1' } }),
    ],
    [
      'malformed variables in the address',
      400,
      /`variables` must be valid JSON/,
      () => fetch(`${app.url}/graphql?query=a&variables={`, { headers: { 'apollo-require-preflight': '1' } }),
    ],
    ['JSON cut short', 400, /must be valid JSON/, () => post('{')],
    ['an unknown encoding', 400, /^Content-Encoding: must be/, () => post('{}', { 'content-encoding': 'x' })],
    ['a large body', 413, /larger than 100 kB/, () => post(' '.repeat(200_000))],
  ])('is refused in our words: %s', async (_what, status, message, ask) => {
    const response = await ask();
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    const { errors } = (await response.json()) as {
      errors: { message: string; extensions: { code: string } }[];
    };
    expect(errors[0]?.message).toMatch(message);
    expect(errors[0]?.message).not.toMatch(/Apollo/);
    expect(errors[0]?.extensions.code).toMatch(/^[A-Z_]+$/);
    expect(response.status).toBe(status);
  });

  it.each(['application/json', 'application/graphql-response+json', '*/*', 'application/*', ''])(
    'is not one that accepts %j',
    async (accept) => {
      const response = await post(JSON.stringify({ query: INFO }), accept === '' ? {} : { accept });
      expect(response.status).toBe(200);
    },
  );
});

describe('the path of the public URL', () => {
  it('leads everywhere, whether a proxy strips it or not', async () => {
    for (const base of [app.url, origin]) {
      expect((await fetch(`${base}/health`)).status).toBe(200);
      const redirect = await fetch(`${base}/graphql`, {
        headers: { accept: 'text/html' },
        redirect: 'manual',
      });
      expect(redirect.headers.get('location')).toBe('/prefix/playground');
      expect(await (await fetch(`${base}/playground`)).text()).toContain('<base href="/prefix/playground/">');
      expect((await fetch(imageUrl.replace(app.url, base))).status).toBe(200);
      const socket = await RawSocket.connect(`${base.replace('http', 'ws')}/graphql`);
      socket.send({ type: 'connection_init', payload: ada.authorization() });
      await socket.until('connection_ack');
      socket.socket.close();
    }
    expect((await fetch(`${origin}/prefixed/health`)).status).toBe(404);
  });
});

describe('pages of another origin', () => {
  it('may read the headers of downloads and limits', async () => {
    const exposed = (await fetch(imageUrl, { headers: { origin: PAGE } })).headers;
    expect(exposed.get('access-control-allow-origin')).toBe(PAGE);
    for (const name of ['Content-Disposition', 'ETag', 'Retry-After', 'Content-Range', 'Server-Timing'])
      expect(exposed.get('access-control-expose-headers')?.split(',')).toContain(name);
  });
});

describe('compression', () => {
  const encodingOf = async (response: Promise<Response>) => (await response).headers.get('content-encoding');
  const introspection = '{ __schema { types { name description fields { name description } } } }';

  it('holds for text and JSON, not for images', async () => {
    expect(await encodingOf(post(JSON.stringify({ query: introspection })))).not.toBeNull();
    expect(await encodingOf(fetch(`${app.url}/playground/main.js`))).not.toBeNull();
    const large = await ada.upload(Buffer.concat([ONE_PIXEL_PNG]));
    expect(await encodingOf(fetch(large.url))).toBeNull();
  });

  it('does not hold for mutations, whose responses have tokens', async () => {
    const email = `${'x'.repeat(25)}-${crypto.randomUUID()}@example.com`;
    const aliases = Array.from({ length: 25 }, (_, index) => `a${'b'.repeat(40)}${index}: email`).join(' ');
    const query = `mutation ($input: RegisterInput!) { register(input: $input) { refreshToken user { ${aliases} } } }`;
    const response = await post(
      JSON.stringify({ query, variables: { input: { email, password: 'correct horse' } } }),
    );
    expect((await response.clone().text()).length).toBeGreaterThan(2_000);
    expect(response.headers.get('content-encoding')).toBeNull();
    expect(response.headers.get('cache-control')).toBe('no-store, no-transform');
  });
});

describe('listening on localhost', () => {
  it('reaches the server on both loopbacks', async () => {
    const server = createServer((_request, response) => response.end('here'));
    const listener = await listenOn(server, { host: 'localhost', port: 0 }, 'PORT');
    const answers = await Promise.all(
      ['127.0.0.1', '[::1]'].map(async (host) => {
        const agentless = { headers: { connection: 'close' } };
        const [response] = (await once(get(`http://${host}:${listener.port}`, agentless), 'response')) as [
          IncomingMessage,
        ];
        return text(response);
      }),
    );
    expect(answers).toEqual(['here', 'here']);
    server.close();
    await listener.close();
  });

  it.each(['127.0.0.1', '::1'])('is a CONFLICT where another program has the port on %s', async (host) => {
    const other = createServer();
    await once(other.listen(0, host), 'listening');
    const { port } = other.address() as { port: number };
    const refused = listenOn(createServer(), { host: 'localhost', port }, 'PORT');
    await expect(refused).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/^PORT: /),
    });
    other.close();
  });

  it('names HOST where it is no address of this machine', async () => {
    const refused = listenOn(createServer(), { host: '192.0.2.1', port: 0 }, 'PORT');
    await expect(refused).rejects.toThrow(/^HOST: 192\.0\.2\.1 is not an address/);
  });
});

describe('a server that is about to stop', () => {
  it('answers 503 on /ready and still serves for the delay, asking clients to reconnect', async () => {
    const stopping = await startTestApp({ shutdownDelayMs: 8_000 });
    const kept = await fetch(`${stopping.url}/ready`);
    expect([kept.status, kept.headers.get('keep-alive')]).toEqual([200, 'timeout=75']);
    const closed = stopping.close();
    const ready = await fetch(`${stopping.url}/ready`);
    expect([ready.status, ready.headers.get('connection')]).toEqual([503, 'close']);
    expect(await ready.json()).toEqual({ status: 'draining' });
    expect((await stopping.client().ask(INFO)).errors).toBeUndefined();
    await closed;
    await expect(fetch(`${stopping.url}/health`)).rejects.toThrow();
  });
});
