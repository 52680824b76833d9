/**
 * What a GraphQL request costs here, beside bare Apollo Server behind Express and bare Mercurius on Fastify: a trivial
 * one, the signed-in user, a page of 100 images, a mutation that changes a row. The bare servers return constants without
 * a sign-in. The servers take turns in one run. Prints requests a second, processor time, and the ratios to both (1: as
 * many requests for the same processor time), with the spread over the rounds.
 *
 *   npm run perf graphql [rounds] [seconds of each turn]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from 'simple-statistics';
import { GraphQLClient } from '../../tests/support/clients/graphql-client.js';
import { storeRows } from '../stored-rows.js';
import { MeasuredServer, type Turn } from './server.js';

const ROUNDS = Number(process.argv[2] ?? 5);
const SECONDS = Number(process.argv[3] ?? 2);
const IMAGES = 100;

const folder = await mkdtemp(join(tmpdir(), 'nogil-bench-perf-'));
const settings = { PORT: '0', HOST: '127.0.0.1', DATA_DIR: folder, MEDIA_DIR: join(folder, 'media') };
const servers = {
  ours: await MeasuredServer.start('ours', { ...settings, WORKERS: '1' }),
  apollo: await MeasuredServer.start('apollo'),
  mercurius: await MeasuredServer.start('mercurius'),
};
type Name = keyof typeof servers;
const names = Object.keys(servers) as Name[];

const client = new GraphQLClient(servers.ours.url);
const { user } = await client.register();
servers.ours.token = client.token;
await storeRows(`sqlite://${join(folder, 'nogil-bench.db')}`, user.id, IMAGES);
const { images } = await client.get('{ images(first: 1) { edges { node { id } } } }');

const REQUESTS = [
  { name: '`{ __typename }`', query: '{ __typename }', signedIn: false },
  { name: '`{ me { id } }`', query: '{ me { id } }', signedIn: true },
  {
    name: 'page of 100 images',
    query: `{ images(first: ${IMAGES}) { edges { cursor node { id filename format width height byteSize createdAt url } } pageInfo { hasNextPage endCursor } } }`,
    signedIn: true,
  },
  {
    name: 'mutation of a row',
    query: `mutation { setFocalPoint(imageId: "${images.edges[0].node.id}", x: 0.5, y: 0.5) { id } }`,
    signedIn: true,
  },
] as const;

const turns = new Map<string, Record<Name, Turn>[]>(REQUESTS.map(({ name }) => [name, []]));
for (let round = 0; round < ROUNDS; round++) {
  for (const { name, query, signedIn } of REQUESTS) {
    const turn = {} as Record<Name, Turn>;
    for (const server of round % 2 === 0 ? names : names.toReversed())
      turn[server] = await servers[server].measure(query, signedIn, SECONDS);
    turns.get(name)?.push(turn);
  }
}

console.log('| request | ours, a second | ours, CPU | beside Apollo (spread) | beside Mercurius (spread) |');
console.log('|---|---:|---:|---:|---:|');
for (const [name, rounds] of turns) {
  const beside = (peer: Name): string => {
    const ratios = rounds.map((round) => round[peer].cpuMs / round.ours.cpuMs);
    return `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)} to ${Math.max(...ratios).toFixed(2)})`;
  };
  const perSecond = median(rounds.map(({ ours }) => ours.perSecond)).toFixed(0);
  const cpuMs = median(rounds.map(({ ours }) => ours.cpuMs)).toFixed(3);
  console.log(`| ${[name, perSecond, `${cpuMs} ms`, beside('apollo'), beside('mercurius')].join(' | ')} |`);
}
for (const server of Object.values(servers)) server.end();
await rm(folder, { recursive: true, force: true });
