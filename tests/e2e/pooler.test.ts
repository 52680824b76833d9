import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '../support/eventually.js';
import { metricOf } from '../support/servers/cluster.js';
import { onPostgresql, serverUrl } from '../support/servers/database.js';
import { type PoolerProxy, startPoolerProxy } from '../support/servers/pooler-proxy.js';
import { ServerProcess } from '../support/servers/server-process.js';

onPostgresql('behind a pooler in transaction mode', (databases) => {
  let pooler: PoolerProxy;
  beforeAll(async () => {
    pooler = await startPoolerProxy(Number(serverUrl().port));
  });
  afterAll(() => pooler.close());

  const behind = (url: string) => Object.assign(new URL(url), { port: String(pooler.port) }).href;

  it('starts API and worker, which warn with the name of the setting', async () => {
    const env = { DATABASE_URL: behind(await databases.create()), WORKERS: '1', JWT_SECRET: 'x'.repeat(40) };
    const api = await ServerProcess.start({ ...env, WORKER_INLINE: 'false' });
    const worker = await ServerProcess.start(
      { ...env, MEDIA_DIR: `${api.folder}/media`, DATA_DIR: `${api.folder}/data` },
      'worker',
    );
    try {
      for (const process of [api, worker]) {
        await eventually(() => process.output.includes('DATABASE_LISTEN_URL: notifications'));
        expect(await metricOf(process, 'nogil_bench_notifications_arrive')).toBe(0);
      }
    } finally {
      await worker.dispose();
      await api.dispose();
    }
  });

  it('hears notifications where DATABASE_LISTEN_URL names the server', async () => {
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
