import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { Cluster, follow, jobOf, metricOf, startJob } from '../../support/servers/cluster.js';
import { onPostgresql } from '../../support/servers/database.js';
import { ServerProcess } from '../../support/servers/server-process.js';

const PICTURES = 10;
const LIMIT_MS = 240_000;

onPostgresql('two APIs and three workers', (databases) => {
  let cluster: Cluster;
  let client: GraphQLClient;
  let imageIds: string[];

  beforeAll(async () => {
    cluster = await Cluster.start(await databases.create(), 2, 3);
    ({ client, imageIds } = await cluster.signIn(PICTURES));
  }, LIMIT_MS);
  afterAll(() => cluster?.dispose());

  /** Checks that every item has exactly one result, and that the storage has exactly the files of the rows. */
  async function expectWhole(jobId: string, items: number): Promise<void> {
    const job = await jobOf(client, jobId);
    expect(job).toMatchObject({ status: 'COMPLETED', completedCount: items, failedCount: 0 });
    const results = job.items.map(({ result }) => result?.id);
    expect(new Set(results).size).toBe(items);
    expect(results).not.toContain(undefined);
    const { images } = await client.get('{ images(first: 1) { totalCount } }');
    expect(await readdir(join(cluster.mediaDir, 'images'))).toHaveLength(images.totalCount);
  }

  const computed = (worker: ServerProcess) => metricOf(worker, 'nogil_bench_image_operations_total');

  it(
    'share one job, and both APIs tell of it to the end',
    async () => {
      const jobId = await startJob(client, imageIds, 300);
      const heard = await Promise.all(cluster.apis.map(({ url }) => follow(url, client.token, jobId)));
      for (const events of heard) {
        expect(events.at(-1)).toMatchObject({ status: 'COMPLETED', completedCount: 300 });
        expect(events.length).toBeGreaterThan(2);
        const seqs = events.map(({ seq }) => seq);
        expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
      }
      await expectWhole(jobId, 300);
      const shares = await Promise.all(cluster.workers.map(computed));
      expect(shares.every((share) => share > 0)).toBe(true);
      expect(shares.reduce((sum, share) => sum + share)).toBe(300);
    },
    LIMIT_MS,
  );

  it(
    'continue when one is stopped, which releases the items that it has not started',
    async () => {
      const jobId = await startJob(client, imageIds, 200);
      const leaving = cluster.workers[0] as ServerProcess;
      let exit: Promise<number | string> | undefined;
      await follow(cluster.apis[0]?.url ?? '', client.token, jobId, ({ completedCount }) => {
        if (completedCount >= 10) exit ??= leaving.end('SIGTERM');
      });
      expect(await exit).toBe(0);
      await expectWhole(jobId, 200);
    },
    LIMIT_MS,
  );

  it('answer the liveness and readiness probes', async () => {
    const { url } = cluster.workers[1] as ServerProcess;
    for (const path of ['/health', '/ready']) expect((await fetch(url + path)).status).toBe(200);
    expect((await fetch(`${url}/graphql`)).status).toBe(404);
  });
});

it('a worker refuses a database that it cannot share', async () => {
  await expect(ServerProcess.start({}, 'worker')).rejects.toThrow(/exit 1: DATABASE_URL: .*postgresql/);
});
