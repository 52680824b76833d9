import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { photoLikeJpeg } from '../../../src/benchmark/measure/photo-like.js';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { eventually } from '../../support/eventually.js';
import { follow, jobOf, metricOf, startJob } from '../../support/servers/cluster.js';
import { onPostgresql } from '../../support/servers/database.js';
import { type PoolerProxy, startPoolerProxy } from '../../support/servers/pooler-proxy.js';
import { serverUrl } from '../../support/servers/postgres-databases.js';
import { ServerProcess } from '../../support/servers/server-process.js';

onPostgresql('behind a pooler in transaction mode', (databases) => {
  let pooler: PoolerProxy;
  beforeAll(async () => {
    pooler = await startPoolerProxy(Number(serverUrl().port));
  });
  afterAll(() => pooler.close());

  const behind = (url: string) => Object.assign(new URL(url), { port: String(pooler.port) }).href;

  describe('API and worker', () => {
    let api: ServerProcess;
    let worker: ServerProcess;
    let client: GraphQLClient;
    let imageId: string;

    beforeAll(async () => {
      // The proxy runs in this process: images are computed before anything connects to it.
      const image = await photoLikeJpeg(1, 640, 480);
      const env = {
        DATABASE_URL: behind(await databases.create()),
        WORKERS: '1',
        JWT_SECRET: 'x'.repeat(40),
      };
      api = await ServerProcess.start({ ...env, WORKER_INLINE: 'false' });
      worker = await ServerProcess.start(
        { ...env, MEDIA_DIR: `${api.folder}/media`, DATA_DIR: `${api.folder}/data` },
        'worker',
      );
      client = api.client();
      await client.register();
      imageId = (await client.upload(image)).id;
    });
    afterAll(async () => {
      await worker?.dispose();
      await api?.dispose();
    });

    it('start and warn with the name of the setting', async () => {
      for (const process of [api, worker]) {
        await eventually(() => process.output.includes('DATABASE_LISTEN_URL: notifications'));
        expect(await metricOf(process, 'nogil_bench_notifications_arrive')).toBe(0);
      }
    });

    it('complete a job, and its subscriber receives the end', async () => {
      const job = await startJob(client, [imageId], 5);
      const events = await follow(api.url, client.token, job);
      expect(events.at(-1)).toMatchObject({ status: 'COMPLETED', completedCount: 5, failedCount: 0 });
    });

    it('stop computing a cancelled job', async () => {
      const job = await startJob(client, [imageId], 300, [{ blur: { sigma: 20 } }], 'JIMP');
      const computing = () => metricOf(worker, 'nogil_bench_compute_images');
      await eventually(async () => (await computing()) > 0);
      await client.get('mutation ($id: ID!) { cancelJob(id: $id) { status } }', { id: job });
      await eventually(async () => (await computing()) === 0);
      expect(await jobOf(client, job)).toMatchObject({ status: 'CANCELLED' });
    });
  });

  it('receives notifications where DATABASE_LISTEN_URL names the server', async () => {
    const url = await databases.create();
    const api = await ServerProcess.start({
      DATABASE_URL: behind(url),
      DATABASE_LISTEN_URL: url,
      WORKERS: '1',
    });
    try {
      await eventually(async () => (await metricOf(api, 'nogil_bench_notifications_arrive')) === 1);
      expect(api.output).not.toContain('do not arrive');
    } finally {
      await api.dispose();
    }
  });
});
