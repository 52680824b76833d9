import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { MessageBudget } from '../../../src/services/accounts/message-budget.js';
import { RawSocket } from '../../support/clients/raw-socket.js';
import { eventually } from '../../support/eventually.js';
import { type TickSchema, tickSchema } from '../../support/fakes/tick-schema.js';
import { startSubscriptionServer } from '../../support/servers/subscription-server.js';

/** Long enough for a client in this process to answer each ping, on a machine that stalls. */
const PING_INTERVAL_MS = 3_000;

type Server = Awaited<ReturnType<typeof startSubscriptionServer>>;

let ticks: TickSchema;
let server: Server | undefined;

beforeEach(() => {
  ticks = tickSchema();
});

afterEach(() => server?.close());

async function start(limits: Parameters<typeof startSubscriptionServer>[0]['limits'] = {}): Promise<Server> {
  server = await startSubscriptionServer({ schema: ticks.schema, limits });
  return server;
}

describe('a client that misbehaves', () => {
  it('is closed for a message above 64 KB, and not for one just below', async () => {
    const { socketUrl, unexpected } = await start();
    const client = await RawSocket.signedIn(socketUrl);
    client.send({ type: 'ping', payload: { text: 'x'.repeat(64 * 1024 - 100) } });
    await client.until('pong');
    client.send({ type: 'ping', payload: { text: 'x'.repeat(64 * 1024) } });
    expect(await client.closed).toBe(1009);
    expect(unexpected).toEqual([]);
  });

  it.each([
    ['text that is no JSON', 'nonsense', 4400],
    ['a message of no type', '{}', 4400],
    [
      'a second subscription of the same id',
      '{"type":"subscribe","id":"1","payload":{"query":"subscription{forever}"}}',
      4409,
    ],
  ])('is closed for %s', async (_name, message, code) => {
    const client = await RawSocket.signedIn((await start()).socketUrl);
    client.subscribe('1', 'subscription { forever }');
    await client.until('next');
    client.socket.send(message);
    expect(await client.closed).toBe(code);
    await eventually(() => ticks.live === 0);
  });

  it('is closed after too many messages', async () => {
    const client = await RawSocket.signedIn((await start({ maxMessagesPerMinute: 20 })).socketUrl);
    for (let i = 0; i <= 20; i++) client.send({ type: 'ping' });
    expect(await client.closed).toBe(1008);
  });

  it('has no messages left on another socket; other users have', async () => {
    const { socketUrl } = await start({ maxMessagesPerMinute: 20 });
    const first = await RawSocket.signedIn(socketUrl, 'ada');
    for (let i = 0; i < 20; i++) first.send({ type: 'ping' });
    await eventually(() => first.received.filter(({ type }) => type === 'pong').length === 20);
    const second = await RawSocket.signedIn(socketUrl, 'ada');
    second.send({ type: 'ping' });
    expect(await second.closed).toBe(1008);
    const other = await RawSocket.signedIn(socketUrl, 'bob');
    other.send({ type: 'ping' });
    await other.until('pong');
  });

  it('is answered in order, however long the counting takes', async () => {
    class SlowAtFirst extends MessageBudget {
      private pauseMs = 60;
      override async take(userId: string): Promise<boolean> {
        await delay(this.pauseMs);
        this.pauseMs = 0;
        return super.take(userId);
      }
    }
    server = await startSubscriptionServer({ schema: ticks.schema, budget: new SlowAtFirst(5) });
    const client = await RawSocket.signedIn(server.socketUrl);
    for (let n = 1; n <= 6; n++) client.send({ type: 'ping', payload: { n } });
    expect(await client.closed).toBe(1008);
    const pongs = client.received.filter(({ type }) => type === 'pong');
    expect(pongs.map(({ payload }) => payload)).toEqual([1, 2, 3, 4, 5].map((n) => ({ n })));
  });

  it('is disconnected when it answers no ping', async () => {
    const { socketUrl } = await start({ pingIntervalMs: 30 });
    const dead = await RawSocket.connect(socketUrl, { autoPong: false });
    expect(await dead.closed).toBe(1006);
  });

  it('stays connected while it answers', async () => {
    const { socketUrl } = await start({ pingIntervalMs: PING_INTERVAL_MS });
    const client = await RawSocket.signedIn(socketUrl);
    for (let pings = 0; pings < 3; pings++) await once(client.socket, 'ping');
    client.subscribe('1', 'subscription { ticks(count: 1) }');
    await client.until('complete');
  });

  it('is disconnected when it does not read, without delay for others', async () => {
    const { socketUrl, subscriptions } = await start({ pingIntervalMs: PING_INTERVAL_MS });
    const slow = await RawSocket.signedIn(socketUrl, 'ada');
    slow.subscribe('1', 'subscription { flood(length: 100000) }');
    await slow.until('next');
    slow.socket.pause();
    const other = await RawSocket.signedIn(socketUrl, 'bob');
    other.subscribe('1', 'subscription { ticks(count: 50) }');
    await other.until('complete');
    await eventually(() => subscriptions.connectionCount === 1 && ticks.live === 0);
  });

  it('is disconnected when more is buffered for it than allowed', async () => {
    const { socketUrl, subscriptions } = await start({
      maxBufferedBytes: 200_000,
      maxMessagesPerMinute: 1e6,
    });
    const client = await RawSocket.signedIn(socketUrl);
    client.socket.pause();
    await eventually(() => {
      client.send({ type: 'ping', payload: { text: 'x'.repeat(60_000) } });
      return subscriptions.connectionCount === 0;
    });
  });
});

describe('closing the server', () => {
  it('ends the sources, closes the clients and refuses new ones', async () => {
    const { socketUrl, subscriptions } = await start();
    const client = await RawSocket.signedIn(socketUrl);
    client.subscribe('1', 'subscription { forever }');
    await client.until('next');
    await subscriptions.close();
    expect(ticks.live).toBe(0);
    expect(await client.closed).toBe(1001);
    expect(await RawSocket.refusal(socketUrl)).toBe(503);
  });

  it('disconnects a client that does not answer', async () => {
    const { socketUrl, subscriptions } = await start();
    const client = await RawSocket.signedIn(socketUrl);
    client.socket.pause();
    await subscriptions.close(20);
    await eventually(() => subscriptions.connectionCount === 0);
  });
});
