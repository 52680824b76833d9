import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CLOSE, protocolClose } from '../../../src/api/websocket/close-reasons.js';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { RawSocket } from '../../support/clients/raw-socket.js';
import { tickSchema } from '../../support/fakes/tick-schema.js';
import { startSubscriptionServer } from '../../support/servers/subscription-server.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

describe('sign-in over WebSocket', () => {
  let app: TestApp;
  let ada: GraphQLClient;
  beforeAll(async () => {
    app = await startTestApp();
    ada = await app.signedIn();
  });
  afterAll(() => app.close());

  async function init(payload: object | undefined, headers: Record<string, string> = {}): Promise<RawSocket> {
    const socket = await RawSocket.connect(`${app.url.replace('http', 'ws')}/graphql`, { headers });
    socket.send({ type: 'connection_init', payload });
    return socket;
  }

  it.each<[string, (token: string) => [object | undefined, Record<string, string>?]]>([
    ['authorization', (token) => [{ authorization: `Bearer ${token}` }]],
    ['Authorization', (token) => [{ Authorization: `Bearer ${token}` }]],
    ['authorization without "Bearer"', (token) => [{ authorization: token }]],
    ['a lower-case scheme', (token) => [{ authorization: `bearer ${token}` }]],
    ['headers.Authorization', (token) => [{ headers: { Authorization: `Bearer ${token}` } }]],
    ['headers.authorization without "Bearer"', (token) => [{ headers: { authorization: token } }]],
    ['the upgrade header', (token) => [undefined, { authorization: `Bearer ${token}` }]],
    ['the upgrade header without "Bearer"', (token) => [{}, { authorization: token }]],
    [
      'connection_init beside credentials for a proxy',
      (token) => [{ authorization: token }, { authorization: 'Basic eDp5' }],
    ],
    [
      'connection_init before the upgrade header',
      (token) => [{ authorization: token }, { authorization: 'Bearer x' }],
    ],
  ])('accepts a token by %s', async (_way, send) => {
    const socket = await init(...send(String(ada.token)));
    await socket.until('connection_ack');
    socket.socket.close();
  });

  it.each<[string, object | undefined, Record<string, string>, string]>([
    ['nothing', undefined, {}, CLOSE.NO_TOKEN.reason],
    ['a token of another type', { authorization: 1 }, {}, CLOSE.NO_TOKEN.reason],
    ['an empty token', { authorization: ' ' }, {}, CLOSE.NO_TOKEN.reason],
    ['credentials for a proxy alone', {}, { authorization: 'Basic eDp5' }, CLOSE.NO_TOKEN.reason],
    ['a wrong token', { authorization: 'Bearer x.y.z' }, {}, CLOSE.BAD_TOKEN.reason],
    ['another scheme', { authorization: 'Basic eDp5' }, {}, CLOSE.BAD_TOKEN.reason],
    ['a wrong token in the upgrade header', undefined, { authorization: 'x' }, CLOSE.BAD_TOKEN.reason],
  ])('refuses %s with 4401 and what to do', async (_what, payload, headers, reason) => {
    const socket = await init(payload, headers);
    expect([await socket.closed, await socket.reason]).toEqual([4401, reason]);
  });
});

describe('a close reason', () => {
  it.each(Object.values(CLOSE))('$reason fits into a close frame', ({ reason }) => {
    expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(123);
  });

  it.each([4400, 4401, 4406, 4408, 4409, 4429])('of the protocol (%i) is in our words', (code) => {
    const { reason } = protocolClose(code, 'x'.repeat(1_000));
    expect(reason).not.toMatch(/^x/);
    expect(Buffer.byteLength(reason)).toBeLessThanOrEqual(123);
  });

  it('of an unknown code is cut to the length of a close frame', () => {
    expect(Buffer.byteLength(protocolClose(4999, '€'.repeat(1_000)).reason)).toBeLessThanOrEqual(123);
  });
});

describe('a subscription', () => {
  const { schema } = tickSchema();
  let server: Awaited<ReturnType<typeof startSubscriptionServer>>;
  let socket: RawSocket;
  beforeAll(async () => {
    server = await startSubscriptionServer({ schema });
    socket = await RawSocket.signedIn(server.socketUrl);
  });
  afterAll(() => server.close());

  const refusal = async (id: string, query: string, variables?: Record<string, unknown>) => {
    socket.subscribe(id, query, variables);
    const { payload } = await socket.until('error', id);
    return (payload as { extensions: { code: string } }[])[0]?.extensions.code;
  };

  it.each([
    ['a skipped field', 'subscription { forever @skip(if: true) }', {}],
    ['a field that is not included', 'subscription { forever @include(if: false) }', {}],
    [
      'a field skipped by a variable',
      'subscription ($no: Boolean!) { forever @skip(if: $no) }',
      { no: true },
    ],
    ['a field skipped by a default', 'subscription ($no: Boolean = true) { forever @skip(if: $no) }', {}],
    [
      'a skipped fragment',
      'subscription { ...F @skip(if: true) } fragment F on Subscription { forever }',
      {},
    ],
    [
      'a fragment of skipped fields',
      'subscription { ...F } fragment F on Subscription { forever @skip(if: true) }',
      {},
    ],
    ['a skipped inline fragment', 'subscription { ... @include(if: false) { forever } }', {}],
  ])('that selects nothing is refused, and others go on: %s', async (what, query, variables) => {
    expect(await refusal(what, query, variables)).toBe('BAD_USER_INPUT');
    socket.subscribe(`${what} next`, 'subscription { ticks(count: 1) }');
    await socket.until('complete', `${what} next`);
    expect(server.unexpected).toEqual([]);
  });

  it('with an id in use closes the connection with a reason that fits, however long the id is', async () => {
    const client = await RawSocket.signedIn(server.socketUrl, 'bob');
    const id = 'x'.repeat(1_000);
    client.subscribe(id, 'subscription { forever }');
    client.subscribe(id, 'subscription { forever }');
    expect(await client.closed).toBe(4409);
    expect(await client.reason).toMatch(/choose another id/);
    expect(server.unexpected).toEqual([]);
  });

  it('is not answered when the message is one that only servers send', async () => {
    const client = await RawSocket.signedIn(server.socketUrl, 'eve');
    client.send({ type: 'connection_ack' });
    expect(await client.closed).toBe(4400);
    expect(server.unexpected).toEqual([]);
  });
});

describe('a connection that is refused', () => {
  it('no longer counts, and is cut when it does not answer the close frame', async () => {
    const server = await startSubscriptionServer({
      schema: tickSchema().schema,
      limits: { initTimeoutMs: 50, closeTimeoutMs: 200, maxUnsignedPerAddress: 1 },
    });
    const { hostname, port } = new URL(server.url);
    const silent = connect(Number(port), hostname);
    silent.on('error', () => undefined);
    const closed = new Promise((resolve) => silent.once('close', resolve));
    const lines = ['GET /graphql HTTP/1.1', 'Host: x', 'Upgrade: websocket', 'Connection: Upgrade'];
    const key = Buffer.alloc(16).toString('base64');
    lines.push(
      `Sec-WebSocket-Key: ${key}`,
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Protocol: graphql-transport-ws',
    );
    silent.write(`${lines.join('\r\n')}\r\n\r\n`);
    let received = Buffer.alloc(0);
    const refused = new Promise<void>((resolve) => {
      silent.on('data', (data: Buffer) => {
        received = Buffer.concat([received, data]);
        if (received.includes(Buffer.from([4408 >> 8, 4408 & 255]))) resolve();
      });
    });
    await refused;
    expect(server.subscriptions.connectionCount).toBe(0);
    const next = await RawSocket.connect(server.socketUrl);
    next.socket.close();
    await closed;
    await server.close();
  });
});
