/**
 * Whether a request costs more when its user keeps more: a page, an upload, `processImage` and a job of one image, for
 * users with 1, 10,000 and 300,000 images and a tenth as many jobs, on servers that take turns in one run. Prints for each
 * database the median time and the processor time of the API process in ms, and their ratio to one image.
 *
 *   npm run perf growth [rounds] [sqlite | postgresql]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from 'simple-statistics';
import { photoLikeJpeg } from '../../src/benchmark/measure/photo-like.js';
import { GraphQLClient } from '../../tests/support/clients/graphql-client.js';
import { PostgresServer } from '../../tests/support/servers/postgres-server.js';
import { MeasuredServer } from '../graphql/server.js';
import { createPostgresqlDatabase, storeRows } from '../stored-rows.js';

const ROUNDS = Number(process.argv[2] ?? 5);
const DATABASES = process.argv[3] === undefined ? ['sqlite', 'postgresql'] : [process.argv[3]];
const SIZES = [1, 10_000, 300_000];

const PAGE = '{ images(first: 20) { edges { node { id filename url } } pageInfo { hasNextPage } } }';
const PROCESS = `mutation ($id: ID!) {
  processImage(input: { imageId: $id, operations: [{ grayscale: true }] }) { id }
}`;
const CREATE = `mutation ($id: ID!) {
  createBatchJob(input: { imageIds: [$id], operations: [{ grayscale: true }], pool: THREADS }) { id }
}`;
const FOLLOW = 'subscription ($id: ID!) { jobProgress(jobId: $id) { status } }';

/** A user with this number of images, on a server of its own. */
interface Member {
  size: number;
  server: MeasuredServer;
  client: GraphQLClient;
  imageId: string;
}

const photo = await photoLikeJpeg(1, 32, 32);

/** What is measured, and how often in one round. */
const OPERATIONS: Readonly<Record<string, { times: number; run(member: Member): Promise<unknown> }>> = {
  'page of 20': { times: 40, run: ({ client }) => client.get(PAGE) },
  upload: { times: 10, run: ({ client }) => client.upload(photo, 'photo.jpg') },
  processImage: { times: 10, run: ({ client, imageId }) => client.get(PROCESS, { id: imageId }) },
  'job of one': {
    times: 5,
    run: async ({ client, imageId }) => {
      const { createBatchJob } = await client.get(CREATE, { id: imageId });
      for await (const _ of client.subscribe(FOLLOW, { id: createBatchJob.id }));
    },
  },
};

async function start(folder: string, size: number, databaseUrl: string): Promise<Member> {
  const server = await MeasuredServer.start('ours', {
    ...{ PORT: '0', HOST: '127.0.0.1', WORKERS: '1', DATABASE_URL: databaseUrl },
    ...{ DATA_DIR: join(folder, `${size}`), MEDIA_DIR: join(folder, `${size}`, 'media') },
    ...{ ACCESS_TOKEN_SECONDS: '3600', USER_QUOTA_BYTES: String(2 ** 50), USER_JOB_ITEMS: '1000000' },
    MAX_SOCKET_MESSAGES_PER_MINUTE: '1000000',
  });
  const client = new GraphQLClient(server.url);
  const { user } = await client.register();
  await storeRows(databaseUrl, user.id, size - 1);
  const { id } = await client.upload(photo, 'photo.jpg');
  return { size, server, client, imageId: id };
}

interface Figures {
  ms: number;
  cpuMs: number;
}

async function measure(member: Member, operation: string): Promise<Figures> {
  const { times = 0, run } = OPERATIONS[operation] ?? {};
  const before = await member.server.cpuMs();
  const durations: number[] = [];
  for (let i = 0; i < times; i++) {
    const started = performance.now();
    await run?.(member);
    durations.push(performance.now() - started);
  }
  return { ms: median(durations), cpuMs: ((await member.server.cpuMs()) - before) / times };
}

async function compare(database: string, urlOf: (size: number) => Promise<string>, folder: string) {
  const members: Member[] = [];
  for (const size of SIZES) members.push(await start(folder, size, await urlOf(size)));
  const samples = new Map<string, Figures[]>();
  for (let round = -1; round < ROUNDS; round++) {
    for (const operation of Object.keys(OPERATIONS)) {
      for (const member of round % 2 === 0 ? members : members.toReversed()) {
        const figures = await measure(member, operation);
        const key = `${operation} ${member.size}`;
        if (round >= 0) samples.set(key, [...(samples.get(key) ?? []), figures]);
      }
    }
  }
  for (const { server } of members) server.end();
  for (const operation of Object.keys(OPERATIONS)) {
    const column = (key: keyof Figures): string[] => {
      const values = SIZES.map((size) =>
        median((samples.get(`${operation} ${size}`) ?? []).map((figures) => figures[key])),
      );
      return [
        ...values.map((value) => value.toFixed(1)),
        ((values.at(-1) ?? 0) / (values[0] ?? 0)).toFixed(2),
      ];
    };
    console.log(`| ${[database, operation, ...column('ms'), ...column('cpuMs')].join(' | ')} |`);
  }
}

const sizes = SIZES.map((size) => size.toLocaleString('en'));
console.log(
  `| database | request | ${sizes.join(' | ')} | ratio | ${sizes.map((size) => `CPU ${size}`).join(' | ')} | ratio |`,
);
console.log(`|---|---|${'---:|'.repeat(8)}`);
for (const database of DATABASES) {
  const folder = await mkdtemp(join(tmpdir(), 'nogil-bench-perf-'));
  const postgres = database === 'postgresql' ? await PostgresServer.start(['fsync=on'], tmpdir()) : undefined;
  await compare(
    database,
    async (size) =>
      postgres ? createPostgresqlDatabase(postgres.url) : `sqlite://${join(folder, `${size}.db`)}`,
    folder,
  );
  postgres?.remove();
  await rm(folder, { recursive: true, force: true });
}
