import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { AppError } from '../../../src/errors.js';
import { RawSocket } from '../../support/clients/raw-socket.js';
import { eventually } from '../../support/eventually.js';
import { type TickSchema, tickSchema } from '../../support/fakes/tick-schema.js';
import { startSubscriptionServer } from '../../support/servers/subscription-server.js';

let ticks: TickSchema;
let server: Awaited<ReturnType<typeof startSubscriptionServer>>;
let refuseContext = false;

beforeEach(async () => {
  ticks = tickSchema();
  refuseContext = false;
  server = await startSubscriptionServer({
    schema: ticks.schema,
    limits: { maxSubscriptionsPerSocket: 2 },
    contextFor(session) {
      if (refuseContext) throw new AppError('RATE_LIMITED', 'Too many attempts');
      return { session };
    },
  });
});

afterEach(() => server.close());

/** The errors of an operation: refused before it ran, or in an event of it. */
async function errorsOf(query: string, variables?: Record<string, unknown>): Promise<object[]> {
  const client = await RawSocket.signedIn(server.socketUrl);
  client.subscribe('1', query, variables);
  return Promise.race([
    client.until('error').then(({ payload }) => payload as object[]),
    client.until('complete').then(() => {
      const events = client.received.filter(({ type }) => type === 'next');
      return events.flatMap(({ payload }) => (payload as { errors?: object[] }).errors ?? []);
    }),
  ]);
}

describe('a subscription', () => {
  it('delivers its events in order and ends', async () => {
    const client = createClient({
      url: server.socketUrl,
      webSocketImpl: WebSocket,
      connectionParams: { token: 'ada' },
    });
    const events = [];
    for await (const { data } of client.iterate({ query: 'subscription { ticks(count: 3) }' }))
      events.push(data?.ticks);
    await client.dispose();
    expect(events).toEqual([0, 1, 2]);
    await eventually(() => server.events.length === 2);
    expect(server.events.map(({ status, session }) => [status, session.userId])).toEqual([
      ['STARTED', 'ada'],
      ['ENDED', 'ada'],
    ]);
  });

  it('ends its source when the client ends it or disconnects', async () => {
    const client = await RawSocket.signedIn(server.socketUrl);
    client.subscribe('1', 'subscription { forever }');
    await client.until('next', '1');
    client.send({ type: 'complete', id: '1' });
    await eventually(() => ticks.live === 0);
    client.subscribe('2', 'subscription { forever }');
    await client.until('next', '2');
    client.socket.terminate();
    await eventually(() => ticks.live === 0 && server.subscriptions.connectionCount === 0);
  });

  it('is refused beyond a number on its socket', async () => {
    const client = await RawSocket.signedIn(server.socketUrl);
    for (const id of ['1', '2', '3']) client.subscribe(id, 'subscription { forever }');
    expect(await client.until('error')).toMatchObject({
      id: '3',
      payload: [
        { extensions: { code: 'LIMIT_EXCEEDED', limit: 'maxSubscriptionsPerSocket', value: 2, asked: 3 } },
      ],
    });
    client.send({ type: 'complete', id: '1' });
    await eventually(() => ticks.live === 1);
    client.subscribe('4', 'subscription { forever }');
    await client.until('next', '4');
  });

  it.each(['{ me }', 'mutation { touch }'])('is the only operation over WebSocket: not %s', async (query) => {
    expect(await errorsOf(query)).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field: 'query' } }]);
    expect(server.events).toMatchObject([{ status: 'REFUSED' }]);
  });

  it('can be refused by the application', async () => {
    refuseContext = true;
    expect(await errorsOf('subscription { forever }')).toMatchObject([
      { extensions: { code: 'RATE_LIMITED' } },
    ]);
  });
});

describe('the errors of a subscription', () => {
  it.each([
    ['that does not parse', 'subscription {', 'GRAPHQL_PARSE_FAILED'],
    ['that is not valid', 'subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ['that its source refuses', 'subscription { refused }', 'FORBIDDEN'],
  ])('%s have the same codes as over HTTP', async (_name, query, code) => {
    expect(await errorsOf(query)).toMatchObject([{ extensions: { code } }]);
  });

  it.each(['broken', 'brokenLater'])('are masked when unexpected: %s', async (field) => {
    expect(await errorsOf(`subscription { ${field} }`)).toEqual([{ message: 'Internal error' }]);
    await eventually(() => ticks.live === 0);
  });

  it('suggest no names of the schema without introspection', async () => {
    const misspelt = [
      await errorsOf('subscription { tickz(count: 1) }'),
      await errorsOf('subscription ($color: Color) { ticks(count: 1, color: $color) }', { color: 'REDD' }),
      await errorsOf('subscription { ticks(count: 1, color: REDD) }'),
    ];
    expect(misspelt.map((errors) => errors.length)).toEqual([1, 1, 1]);
    expect(JSON.stringify(misspelt)).not.toMatch(/Did you mean|"ticks"|GREEN/);
  });
});
