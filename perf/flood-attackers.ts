/** The attacks of `flood.ts`, each in its own process. */

import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { photoLikeJpeg } from '../src/benchmark/measure/photo-like.js';
import { GraphQLClient } from '../tests/support/clients/graphql-client.js';

/** Target of the attack. */
interface Target {
  url: string;
}

type Attack = (target: Target) => Promise<unknown>;

const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken } }';
const PROCESS = 'mutation ($input: ProcessImageInput!) { processImage(input: $input) { id } }';
const UPLOAD = 'mutation ($file: Upload!) { uploadImage(file: $file) { id } }';

/** Number of responses by code or status. */
const outcomes = new Map<string, number>();
const count = (outcome: unknown) => outcomes.set(String(outcome), (outcomes.get(String(outcome)) ?? 0) + 1);

/** Repeats an action endlessly, with this concurrency. */
function forever(atOnce: number, once: (index: number) => Promise<unknown>): Promise<unknown> {
  const loop = async (index: number) => {
    for (;;) count(await once(index).catch((error) => error.cause?.code ?? error.message));
  };
  return Promise.all(Array.from({ length: atOnce }, (_, index) => loop(index)));
}

const outcomeOf = ({ errors }: { errors?: { extensions: Record<string, unknown> }[] }): unknown =>
  errors?.[0]?.extensions.code ?? 'OK';

async function accounts(url: string, howMany: number): Promise<GraphQLClient[]> {
  const clients = Array.from({ length: howMany }, () => new GraphQLClient(url));
  for (const client of clients) await client.register();
  return clients;
}

export const ATTACKS = {
  /** Every attempt from another address, as by a botnet, so that no limit applies. */
  'sign-ins from everywhere': ({ url }) =>
    forever(64, async () => {
      const address = Array.from({ length: 4 }, () => Math.floor(Math.random() * 256)).join('.');
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
        body: JSON.stringify({
          query: LOGIN,
          variables: { input: { email: `${crypto.randomUUID()}@example.com`, password: 'wrong password' } },
        }),
      });
      return outcomeOf((await response.json()) as Parameters<typeof outcomeOf>[0]);
    }),

  'uploads of four users': async ({ url }) => {
    const clients = await accounts(url, 4);
    const bytes = Buffer.concat([await photoLikeJpeg(1), Buffer.alloc(5_000_000, 1)]);
    return forever(48, async (index) => {
      const client = clients[index % clients.length] as GraphQLClient;
      return outcomeOf(await client.send(UPLOAD, { file: null }, { 'variables.file': { name: 'a', bytes } }));
    });
  },

  'images of four users': async ({ url }) => {
    const clients = await accounts(url, 4);
    const photo = await photoLikeJpeg(1);
    const ids = await Promise.all(clients.map((client) => client.upload(photo)));
    return forever(64, async (index) => {
      const operations = [{ blur: { sigma: 8 } }];
      const input = { imageId: ids[index % ids.length].id, engine: index % 2 ? 'JIMP' : 'SHARP', operations };
      return outcomeOf(await (clients[index % clients.length] as GraphQLClient).ask(PROCESS, { input }));
    });
  },

  'costly documents': ({ url }) =>
    forever(64, async () => {
      const query = `{ ${'...F '.repeat(300)} } fragment F on Query { ${'serverInfo { version } '.repeat(100)} }`;
      return outcomeOf(await new GraphQLClient(url).ask(query));
    }),

  'sockets that never sign in': ({ url }) =>
    forever(1_500, async () => {
      const socket = new WebSocket(url.replace('http', 'ws').concat('/graphql'), 'graphql-transport-ws');
      const closed = Promise.withResolvers<number>();
      socket.on('error', () => undefined);
      socket.on('close', closed.resolve);
      const code = await closed.promise;
      if (code === 1006) await delay(500);
      return code;
    }),

  'messages over sockets of four users': async ({ url }) => {
    const clients = await accounts(url, 4);
    return forever(40, async (index) => {
      const socket = new WebSocket(url.replace('http', 'ws').concat('/graphql'), 'graphql-transport-ws');
      const closed = Promise.withResolvers<number>();
      socket.on('error', () => undefined);
      socket.on('close', closed.resolve);
      socket.on('open', () => {
        const { authorization } = (clients[index % 4] as GraphQLClient).authorization();
        socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } }));
      });
      let id = 0;
      const query = `subscription { ${'x '.repeat(900)} }`;
      socket.on('message', () =>
        socket.send(JSON.stringify({ type: 'subscribe', id: `${id++}`, payload: { query } })),
      );
      return closed.promise;
    });
  },

  'a thousand connections that dribble': async ({ url }) => {
    const [client] = await accounts(url, 1);
    const { port, hostname } = new URL(url);
    const head = (length: number) =>
      `POST /graphql HTTP/1.1\r\nHost: x\r\nAuthorization: ${client?.authorization().authorization}\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
    return forever(1_000, async (index) => {
      const socket = connect(Number(port), hostname);
      const closed = Promise.withResolvers<string>();
      socket.on('error', () => undefined);
      socket.on('close', () => closed.resolve('CLOSED'));
      // Half of them in the header, half in the body.
      socket.write(index % 2 ? head(50_000) : 'POST /graphql HTTP/1.1\r\nX-Slow: ');
      const dribble = setInterval(() => socket.write('x'), 1_000);
      return closed.promise.finally(() => clearInterval(dribble));
    });
  },

  'two hundred readers that do not read': async ({ url }) => {
    const [client] = await accounts(url, 1);
    const source = await client?.upload(await photoLikeJpeg(1));
    const input = { imageId: source.id, operations: [{ convert: { format: 'BMP' } }] };
    const { processImage } = await (client as GraphQLClient).get(
      'mutation ($input: ProcessImageInput!) { processImage(input: $input) { url } }',
      { input },
    );
    const { port, hostname, pathname, search } = new URL(processImage.url);
    return forever(200, async () => {
      const socket = connect(Number(port), hostname);
      const closed = Promise.withResolvers<string>();
      socket.on('error', () => undefined);
      socket.on('close', () => closed.resolve('CLOSED'));
      socket.pause();
      socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: x\r\n\r\n`);
      return closed.promise;
    });
  },
} as const satisfies Record<string, Attack>;

export type AttackName = keyof typeof ATTACKS;

const [name, url] = process.argv.slice(2) as [AttackName?, string?];
if (name && url && process.send) {
  process.on('disconnect', () => process.exit());
  setInterval(() => process.send?.(Object.fromEntries(outcomes)), 200);
  await ATTACKS[name]({ url });
}
