import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { readUntil } from '../../support/eventually.js';
import { Cluster, follow, jobOf, metricOf, startJob } from '../../support/servers/cluster.js';
import { onPostgresql } from '../../support/servers/database.js';
import { hold, release } from '../../support/servers/faults/hold.js';
import { HELD_WORKER } from '../../support/servers/programs.js';
import { ServerProcess } from '../../support/servers/server-process.js';

const PICTURES = 10;

onPostgresql('two APIs and three workers', (databases) => {
  let cluster: Cluster;
  let client: GraphQLClient;
  let imageIds: string[];

  beforeAll(async () => {
    cluster = await Cluster.start(await databases.create(), 2, 3, {}, HELD_WORKER);
    ({ client, imageIds } = await cluster.signIn(PICTURES));
  });
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

  const each = (act: (folder: string) => Promise<void>) =>
    Promise.all(cluster.workers.map(({ folder }) => act(folder)));

  /**
   * Runs a job of this number of items, and expects that both APIs publish it in order and to its end: before the first
   * item, at the first ones and the rest, however late they hear of it.
   */
  async function expectShared(items: number): Promise<void> {
    await each((folder) => hold(folder, 'IMAGES', 0));
    const jobId = await startJob(client, imageIds, items);
    const heard = cluster.apis.map(() => ({
      start: Promise.withResolvers(),
      first: Promise.withResolvers(),
    }));
    const following = cluster.apis.map(({ url }, api) =>
      follow(url, client.token, jobId, ({ completedCount }) => {
        heard[api]?.start.resolve(undefined);
        if (completedCount > 0) heard[api]?.first.resolve(undefined);
      }),
    );
    await Promise.all(heard.map(({ start }) => start.promise));
    await each((folder) => hold(folder, 'IMAGES', 20));
    await Promise.all(heard.map(({ first }) => first.promise));
    await each((folder) => release(folder, 'IMAGES'));
    const published = await Promise.all(following);
    for (const events of published) {
      expect(events.at(-1)).toMatchObject({ status: 'COMPLETED', completedCount: items });
      expect(events.length).toBeGreaterThan(2);
      const seqs = events.map(({ seq }) => seq);
      expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
    }
    await expectWhole(jobId, items);
  }

  const computed = (worker: ServerProcess) => metricOf(worker, 'nogil_bench_image_operations_total');

  it('share jobs, each item computed once, and both APIs publish them to the end', async () => {
    let items = 0;
    // The first images of a worker load its engine, which on a busy machine takes as long as a whole job of the others.
    const shares = await readUntil(
      async () => {
        await expectShared(300);
        items += 300;
        return Promise.all(cluster.workers.map(computed));
      },
      (counts) => counts.every((count) => count > 0),
    );
    expect(shares.reduce((sum, share) => sum + share)).toBe(items);
  });

  it('continue when one is stopped, which releases the items that it has not started', async () => {
    const jobId = await startJob(client, imageIds, 200);
    const leaving = cluster.workers[0] as ServerProcess;
    let exit: Promise<number | string> | undefined;
    await follow(cluster.apis[0]?.url ?? '', client.token, jobId, ({ completedCount }) => {
      if (completedCount >= 10) exit ??= leaving.end('SIGTERM');
    });
    expect(await exit).toBe(0);
    await expectWhole(jobId, 200);
  });

  it('answer the liveness and readiness probes', async () => {
    const { url } = cluster.workers[1] as ServerProcess;
    for (const path of ['/health', '/ready']) expect((await fetch(url + path)).status).toBe(200);
    expect((await fetch(`${url}/graphql`)).status).toBe(404);
  });
});

it('a worker refuses a database that it cannot share', async () => {
  await expect(ServerProcess.start({}, 'worker')).rejects.toThrow(/exit 1: DATABASE_URL: .*postgresql/);
});
