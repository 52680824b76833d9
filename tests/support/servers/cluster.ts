import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { photoLikeJpeg } from '../../../src/benchmark/measure/photo-like.js';
import type { GraphQLClient } from '../clients/graphql-client.js';
import { ServerProcess } from './server-process.js';

/** Events of a job that a subscriber receives. */
export interface Progress {
  seq: number;
  status: string;
  completedCount: number;
  failedCount: number;
}

/** API and worker processes on one PostgreSQL and one media folder, each with one computing thread. */
export class Cluster {
  readonly apis: ServerProcess[] = [];
  readonly workers: ServerProcess[] = [];
  readonly mediaDir: string;

  private constructor(
    /** Folder of what the processes share. */
    private readonly folder: string,
    private readonly env: Record<string, string>,
    private readonly workerProgram: string | undefined,
  ) {
    this.mediaDir = join(folder, 'media');
  }

  /** In it, processes of one machine take turns to measure. */
  get temporaryFolder(): string {
    return join(this.folder, 'tmp');
  }

  /**
   * @param env settings of every process, besides those that make it one of a cluster
   * @param workerProgram of the workers, in place of the shipped one
   */
  static async start(
    databaseUrl: string,
    apis: number,
    workers: number,
    env: Record<string, string> = {},
    workerProgram?: string,
  ): Promise<Cluster> {
    const folder = await mkdtemp(join(tmpdir(), 'nogil-bench-cluster-'));
    const TMPDIR = join(folder, 'tmp');
    await mkdir(TMPDIR);
    const settings = {
      ...env,
      ...{
        DATABASE_URL: databaseUrl,
        MEDIA_DIR: join(folder, 'media'),
        WORKER_INLINE: 'false',
        WORKERS: '1',
      },
      ...{ JWT_SECRET: randomBytes(32).toString('hex'), LOG_LEVEL: 'warn', TMPDIR },
    };
    const cluster = new Cluster(folder, settings, workerProgram);
    // All have started or failed before any is disposed of.
    const started = await Promise.allSettled([
      ...Array.from({ length: apis }, () => cluster.add('main')),
      ...Array.from({ length: workers }, () => cluster.add('worker')),
    ]);
    const failed = started.find(({ status }) => status === 'rejected') as PromiseRejectedResult | undefined;
    if (failed === undefined) return cluster;
    await cluster.dispose();
    throw failed.reason;
  }

  async add(kind: 'main' | 'worker'): Promise<ServerProcess> {
    const program = kind === 'worker' ? this.workerProgram : undefined;
    const server = await ServerProcess.start(this.env, kind, program);
    (kind === 'main' ? this.apis : this.workers).push(server);
    return server;
  }

  get output(): string {
    return [...this.apis, ...this.workers].map(({ output }) => output).join('');
  }

  /** Registers an account on the first API, with some images; its token is valid on every API. */
  async signIn(images: number): Promise<{ client: GraphQLClient; imageIds: string[] }> {
    // Created first, because a busy event loop would not notice that the server has closed an idle connection.
    const made = await Promise.all(
      Array.from({ length: images }, (_, seed) => photoLikeJpeg(seed, 240, 160)),
    );
    const client = (this.apis[0] as ServerProcess).client();
    await client.register();
    const imageIds: string[] = [];
    for (const image of made) imageIds.push((await client.upload(image)).id);
    return { client, imageIds };
  }

  async dispose(): Promise<void> {
    await Promise.all([...this.apis, ...this.workers].map((server) => server.dispose()));
    await rm(this.folder, { recursive: true, force: true });
  }
}

/**
 * Follows a job on an API to its final event and returns all events; calls `onEvent` for each. If a connection breaks, it
 * continues on the next address.
 */
export async function follow(
  urls: string | readonly string[],
  token: string | undefined,
  jobId: string,
  onEvent: (event: Progress) => void = () => undefined,
): Promise<Progress[]> {
  const left = [urls].flat();
  const client = createClient({
    url: () => `${left.shift()?.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${token}` },
    retryAttempts: left.length - 1,
    // Also where the server ends before the connection is open.
    shouldRetry: () => true,
  });
  const events: Progress[] = [];
  try {
    const query = `subscription ($jobId: ID!) {
      jobProgress(jobId: $jobId) { seq status completedCount failedCount }
    }`;
    for await (const { data, errors } of client.iterate<{ jobProgress: Progress }>({
      query,
      variables: { jobId },
    })) {
      if (!data) throw new Error(JSON.stringify(errors));
      events.push(data.jobProgress);
      onEvent(data.jobProgress);
    }
    return events;
  } finally {
    await client.dispose();
  }
}

/** Sum of all series of a metric of a process. */
export async function metricOf({ url }: ServerProcess, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const values = [...text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, 'gm'))];
  return values.reduce((sum, [, value]) => sum + Number(value), 0);
}

/** Starts a job with this number of items over the images and returns its id. */
export async function startJob(
  client: GraphQLClient,
  imageIds: readonly string[],
  items: number,
  operations: object[] = [{ grayscale: true }],
  engine: 'SHARP' | 'JIMP' = 'SHARP',
): Promise<string> {
  const ids = Array.from({ length: items }, (_, i) => imageIds[i % imageIds.length]);
  const { createBatchJob } = await client.get(
    'mutation ($input: CreateBatchJobInput!) { createBatchJob(input: $input) { id } }',
    { input: { imageIds: ids, operations, engine } },
  );
  return createBatchJob.id;
}

export interface Item {
  position: number;
  status: string;
  attempts: number;
  result: { id: string } | null;
}

/** Reads the job with all its items. */
export async function jobOf(
  client: GraphQLClient,
  id: string,
): Promise<Omit<Progress, 'seq'> & { totalCount: number; items: Item[] }> {
  const items: Item[] = [];
  let after: string | undefined;
  for (;;) {
    const { job } = await client.get(
      `query ($id: ID!, $after: String) { job(id: $id) {
        status totalCount completedCount failedCount
        items(first: 100, after: $after) {
          edges { node { position status attempts result { id } } } pageInfo { hasNextPage endCursor }
        }
      } }`,
      { id, after },
    );
    items.push(...job.items.edges.map(({ node }: { node: Item }) => node));
    if (!job.items.pageInfo.hasNextPage) return { ...job, items };
    after = job.items.pageInfo.endCursor;
  }
}
