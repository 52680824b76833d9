import { randomUUID } from 'node:crypto';
import { readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { eventually, readUntil } from '../../support/eventually.js';
import { Cluster, follow, jobOf, metricOf, type Progress, startJob } from '../../support/servers/cluster.js';
import { onPostgresql } from '../../support/servers/database.js';
import { hold, release } from '../../support/servers/faults/hold.js';
import { PostgresServer } from '../../support/servers/postgres-server.js';
import { HELD_WORKER } from '../../support/servers/programs.js';
import type { ServerProcess } from '../../support/servers/server-process.js';

const PICTURES = 4;
/** Results that a worker stores of a job before the others are held. */
const HELD_AT = 6;
const SLOW = [{ resize: { width: 960 } }, { blur: { sigma: 8 } }];

onPostgresql('faults in the middle of a job', (databases) => {
  let cluster: Cluster;
  afterEach(() => cluster?.dispose());

  /** Checks that every item has exactly one stored result, and that no other file remains after a sweep. */
  async function expectWhole(client: GraphQLClient, jobId: string, items: number) {
    const job = await jobOf(client, jobId);
    expect(job).toMatchObject({ status: 'COMPLETED', completedCount: items, failedCount: 0 });
    const results = job.items.map(({ result }) => result?.id);
    expect(new Set(results).size).toBe(items);
    const { images } = await client.get('{ images(first: 1) { totalCount } }');
    expect(images.totalCount).toBe(PICTURES + items);

    const folder = join(cluster.mediaDir, 'images');
    await writeFile(join(folder, randomUUID()), 'as a crash leaves it');
    const twoHoursAgo = Date.now() / 1_000 - 7_200;
    for (const file of await readdir(folder)) {
      // A late result is removed by the process that wrote it.
      await utimes(join(folder, file), twoHoursAgo, twoHoursAgo).catch(() => undefined);
    }
    await cluster.add('main');
    await eventually(async () => (await readdir(folder)).length <= PICTURES + items);
    expect(await readdir(folder)).toEqual(expect.arrayContaining(results));
    expect(await readdir(folder)).toHaveLength(PICTURES + items);
    return job;
  }

  /** Results of a worker that were refused because another worker had completed the item. */
  async function refused(worker: ServerProcess): Promise<number> {
    const computed = await metricOf(worker, 'nogil_bench_image_processing_duration_seconds_count');
    return computed - (await metricOf(worker, 'nogil_bench_job_items_total'));
  }

  /** A worker that has computed images whose results it has not stored: all that it may store are. */
  async function holding(workers: readonly ServerProcess[]): Promise<ServerProcess> {
    const isHolding = async (worker: ServerProcess) =>
      (await metricOf(worker, 'nogil_bench_job_items_total')) === HELD_AT &&
      (await metricOf(worker, 'nogil_bench_compute_images')) === 0;
    const found = await readUntil(
      () => Promise.all(workers.map(isHolding)),
      (each) => each.includes(true),
    );
    return workers[found.indexOf(true)] as ServerProcess;
  }

  /** Starts a job, and lets each worker store a few of its results until {@link releaseAll}. */
  async function startHeldJob(client: GraphQLClient, imageIds: readonly string[], items: number) {
    await Promise.all(cluster.workers.map(({ folder }) => hold(folder, 'RESULTS', HELD_AT)));
    return startJob(client, imageIds, items, SLOW);
  }
  const releaseAll = () => Promise.all(cluster.workers.map(({ folder }) => release(folder, 'RESULTS')));

  /** Calls the function once, when this number of items has a result. */
  function when(count: number, act: () => Promise<void>) {
    let acted: Promise<void> | undefined;
    const onEvent = ({ completedCount }: Progress) => {
      if (completedCount >= count) acted ??= act();
    };
    return { onEvent, acted: async () => expect(await acted).toBeUndefined() };
  }

  it('a worker and an API killed, a worker stopped and going on later, listening connections cut', async () => {
    const url = await databases.create();
    cluster = await Cluster.start(url, 2, 3, {}, HELD_WORKER);
    const { client, imageIds } = await cluster.signIn(PICTURES);
    const [api, otherApi] = cluster.apis as [ServerProcess, ServerProcess];
    let stopped = cluster.workers[0] as ServerProcess;
    const jobId = await startHeldJob(client, imageIds, 80);
    const faults = when(10, async () => {
      stopped = await holding(cluster.workers);
      stopped.signal('SIGSTOP');
      const killed = cluster.workers.find((worker) => worker !== stopped) as ServerProcess;
      await Promise.all([killed.end('SIGKILL'), otherApi.end('SIGKILL')]);
      const admin = new Client(url);
      await admin.connect();
      const { rowCount } = await admin.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
           where application_name like 'nogil-bench nogil_bench%' and datname = current_database()`,
      );
      await admin.end();
      expect(rowCount).toBeGreaterThanOrEqual(4);
      await releaseAll();
    });
    // One of them is connected to the killed API and reconnects to the other.
    const followed = await Promise.all([
      follow(api.url, client.token, jobId, faults.onEvent),
      follow([otherApi.url, api.url], client.token, jobId),
    ]);
    await faults.acted();
    for (const events of followed) {
      expect(events.at(-1)).toMatchObject({ status: 'COMPLETED', completedCount: 80 });
    }

    // Other workers have computed its items meanwhile, so its results are refused.
    stopped.signal('SIGCONT');
    await eventually(async () => (await refused(stopped)) !== 0);
    const job = await expectWhole(client, jobId, 80);
    expect(job.items.filter(({ attempts }) => attempts > 1).length).toBeGreaterThan(0);

    const another = await startJob(client, imageIds, 8);
    expect((await follow(api.url, client.token, another)).at(-1)?.status).toBe('COMPLETED');
    expect(await refused(stopped)).toBeGreaterThan(0);
  });

  it('PostgreSQL crashes and comes back', async () => {
    const server = await PostgresServer.start();
    try {
      cluster = await Cluster.start(server.url, 1, 2, {}, HELD_WORKER);
      const { client, imageIds } = await cluster.signIn(PICTURES);
      const [api] = cluster.apis;
      const jobId = await startHeldJob(client, imageIds, 60);
      const crash = when(10, async () => {
        server.stop('immediate');
        await eventually(async () => (await fetch(`${api?.url}/ready`)).status === 503);
        await server.start();
        await releaseAll();
      });
      const events = await follow(api?.url ?? '', client.token, jobId, crash.onEvent);
      await crash.acted();
      expect(events.at(-1)).toMatchObject({ status: 'COMPLETED', completedCount: 60 });
      await expectWhole(client, jobId, 60);
    } finally {
      await cluster?.dispose();
      server.remove();
    }
  });
});
