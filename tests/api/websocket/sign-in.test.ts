import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WebSocket } from 'ws';
import { CLOSE } from '../../../src/api/websocket/close-reasons.js';
import { RawSocket } from '../../support/clients/raw-socket.js';
import { eventually } from '../../support/eventually.js';
import { type TickSchema, tickSchema } from '../../support/fakes/tick-schema.js';
import { startSubscriptionServer } from '../../support/servers/subscription-server.js';

let ticks: TickSchema;
let server: Awaited<ReturnType<typeof startSubscriptionServer>>;

beforeEach(async () => {
  ticks = tickSchema();
  server = await startSubscriptionServer({
    schema: ticks.schema,
    limits: { maxSocketsPerUser: 2, maxSockets: 4 },
  });
});

afterEach(() => server.close());

async function init(payload?: object): Promise<RawSocket> {
  const client = await RawSocket.connect(server.socketUrl);
  client.send({ type: 'connection_init', payload });
  return client;
}

describe('signing in over WebSocket', () => {
  it('must arrive in time', async () => {
    const impatient = await startSubscriptionServer({ schema: ticks.schema, limits: { initTimeoutMs: 50 } });
    expect(await (await RawSocket.connect(impatient.socketUrl)).closed).toBe(4408);
    await impatient.close();
  });

  it('accepts a valid token', async () => {
    await (await init({ token: 'ada' })).until('connection_ack');
  });

  it.each([
    ['no token', undefined, 4401],
    ['a token of another type', { token: 1 }, 4401],
    ['a token that is refused', { token: 'forbidden' }, 4403],
    ['a token that meets a bug', { token: 'bug' }, 4500],
    ['a token while the database is away, for now', { token: 'away' }, 1013],
  ])('refuses %s', async (_name, payload, code) => {
    const client = await init(payload);
    expect(await client.closed).toBe(code);
    expect(client.received).toEqual([]);
    expect(server.unexpected).toHaveLength(code === 4500 ? 1 : 0);
  });

  it('must precede a subscription', async () => {
    const client = await RawSocket.connect(server.socketUrl);
    client.subscribe('1', 'subscription { forever }');
    expect(await client.closed).toBe(4401);
    expect(ticks.live).toBe(0);
  });

  it('is allowed once', async () => {
    const client = await RawSocket.signedIn(server.socketUrl);
    client.send({ type: 'connection_init', payload: { token: 'ada' } });
    expect(await client.closed).toBe(4429);
  });

  it('ends when the token expires', async () => {
    expect(await (await init({ token: 'ada:50' })).closed).toBe(4403);
  });

  it('ends with its subscriptions when it is revoked, for that user only', async () => {
    const ada = await RawSocket.signedIn(server.socketUrl, 'ada');
    ada.subscribe('1', 'subscription { forever }');
    await ada.until('next');
    const bob = await RawSocket.signedIn(server.socketUrl, 'bob');
    server.subscriptions.disconnect(({ userId }) => (userId === 'ada' ? CLOSE.SIGNED_OUT : undefined));
    expect(await ada.closed).toBe(4403);
    await eventually(() => ticks.live === 0 && server.subscriptions.connectionCount === 1);
    bob.subscribe('1', 'subscription { ticks(count: 1) }');
    await bob.until('complete');
  });
});

describe('connecting', () => {
  it('is limited for each user', async () => {
    await RawSocket.signedIn(server.socketUrl, 'ada');
    const second = await RawSocket.signedIn(server.socketUrl, 'ada');
    expect(await (await init({ token: 'ada' })).closed).toBe(1013);
    await RawSocket.signedIn(server.socketUrl, 'bob');
    second.socket.close();
    await eventually(() => server.subscriptions.connectionCount === 2);
    await RawSocket.signedIn(server.socketUrl, 'ada');
  });

  it('is limited for the server', async () => {
    for (const user of ['a', 'b', 'c', 'd']) await RawSocket.signedIn(server.socketUrl, user);
    expect(await RawSocket.refusal(server.socketUrl)).toBe(503);
  });

  it('is limited for each address before the sign-in', async () => {
    const narrow = await startSubscriptionServer({
      schema: ticks.schema,
      limits: { maxUnsignedPerAddress: 2 },
      addressOf: ({ headers }) => String(headers['x-from']),
    });
    const from = (address: string) => ({ headers: { 'x-from': address } });
    const first = await RawSocket.connect(narrow.socketUrl, from('a'));
    await RawSocket.connect(narrow.socketUrl, from('a'));
    expect(await RawSocket.refusal(narrow.socketUrl, from('a'))).toBe(429);
    await RawSocket.connect(narrow.socketUrl, from('b'));
    first.send({ type: 'connection_init', payload: { token: 'ada' } });
    await first.until('connection_ack');
    await RawSocket.connect(narrow.socketUrl, from('a'));
    await narrow.close();
  });

  it('is allowed for own pages and for programs without an origin', async () => {
    expect(await RawSocket.refusal(server.socketUrl, { origin: 'https://evil.example' })).toBe(403);
    const page = await RawSocket.connect(server.socketUrl, { origin: 'https://ours.example' });
    page.send({ type: 'connection_init', payload: { token: 'ada' } });
    await page.until('connection_ack');
  });

  it('is possible only at its path, with any query string', async () => {
    expect(await RawSocket.refusal(server.socketUrl.replace('/graphql', '/other'))).toBe(404);
    await RawSocket.signedIn(`${server.socketUrl}?x=1`);
  });

  it('needs the subprotocol graphql-transport-ws', async () => {
    const socket = new WebSocket(server.socketUrl);
    expect(await new Promise((resolve) => socket.once('close', resolve))).toBe(4406);
  });
});
