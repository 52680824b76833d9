import { afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ListeningConnection } from '../../src/postgresql/listening-connection.js';
import { PostgresqlProgress } from '../../src/progress/postgresql.progress.js';
import { eventually } from '../support/eventually.js';
import { onPostgresql } from '../support/servers/database.js';
import { serverUrl } from '../support/servers/postgres-databases.js';
import { PostgresServer } from '../support/servers/postgres-server.js';
import { startTcpProxy, type TcpProxy } from '../support/servers/tcp-proxy.js';

const look = { done: false, value: { seq: undefined } };

onPostgresql('PostgresqlProgress', (databases) => {
  /** Of this suite: every subscriber of a database receives its notifications. */
  let databaseUrl: string;
  let proxy: TcpProxy;
  let publisher: PostgresqlProgress;
  let subscriber: PostgresqlProgress;
  let losses: Error[];

  beforeAll(async () => {
    databaseUrl = await databases.createEmpty();
  });
  beforeEach(async () => {
    const url = new URL(databaseUrl);
    proxy = await startTcpProxy(Number(url.port));
    losses = [];
    publisher = await PostgresqlProgress.connect(url.href);
    url.port = String(proxy.port);
    subscriber = await PostgresqlProgress.connect(url.href, (error) => losses.push(error));
  });
  afterEach(async () => {
    await subscriber.close();
    await publisher.close();
    await proxy.close();
  });

  it('lets subscribers read again after its connection was cut', async () => {
    const notices = subscriber.subscribe('job', 'a');
    await notices.next();
    proxy.cut();
    publisher.publish({ topic: 'job', id: 'a', seq: 1 });
    await expect(notices.next()).resolves.toEqual(look);
    expect(losses.length).toBeGreaterThan(0);

    publisher.publish({ topic: 'job', id: 'a', seq: 2 });
    // Before it, the first one may arrive.
    for await (const { seq } of notices) if (seq === 2) break;
  });

  it('keeps unsent changes, the newest of each id', async () => {
    const [a, b] = [publisher.subscribe('job', 'a'), publisher.subscribe('job', 'b')];
    for (const notices of [a, b]) await notices.next();
    proxy.cut();
    await untilLost();
    for (const seq of [1, 2, 3]) subscriber.publish({ topic: 'job', id: 'a', seq });
    subscriber.publish({ topic: 'job', id: 'b', seq: 7 });
    await expect(b.next()).resolves.toEqual({ done: false, value: { seq: 7 } });
    for await (const { seq } of a) if (seq === 3) break;
  });

  it('lets subscribers read again at an interval, in case a notice was lost', async () => {
    const watchful = await PostgresqlProgress.connect(databaseUrl, undefined, 20);
    const notices = watchful.subscribe('job', 'a');
    for (let looks = 0; looks < 3; looks++) await expect(notices.next()).resolves.toEqual(look);
    await watchful.close();
  });

  it('sends the first notice once no later change can be missed', async () => {
    proxy.cut();
    await untilLost();
    let noticed = false;
    const first = subscriber.subscribe('job', 'a').next();
    void first.then(() => {
      noticed = true;
    });
    await Promise.resolve();
    expect(noticed).toBe(false);
    await expect(first).resolves.toEqual(look);
  });

  it('ignores foreign notifications on its channel', async () => {
    const notices = subscriber.subscribe('job', 'a');
    await notices.next();
    const intruder = new ListeningConnection({
      connectionString: databaseUrl,
      channel: 'another',
      onNotification: () => undefined,
      onListening: () => undefined,
      onLost: () => undefined,
    });
    await intruder.connect();
    for (const payload of ['', 'job', 'job a x', 'user a 1']) {
      await intruder.query("select pg_notify('nogil_bench_progress', $1)", [payload]);
    }
    await intruder.close();
    publisher.publish({ topic: 'job', id: 'a', seq: 1 });
    await expect(notices.next()).resolves.toEqual({ done: false, value: { seq: 1 } });
  });

  it('fails to start without a database', async () => {
    const url = Object.assign(serverUrl(), { pathname: 'nowhere' });
    await expect(PostgresqlProgress.connect(url.href)).rejects.toThrow(/nowhere/);
  });

  async function untilLost(): Promise<void> {
    await eventually(() => losses.length > 0);
  }
});

describe('a connection that listens', () => {
  it('detects a dead connection that was not closed', async () => {
    const url = serverUrl();
    const proxy = await startTcpProxy(Number(url.port));
    url.port = String(proxy.port);
    let listened = 0;
    const again = Promise.withResolvers<void>();
    const connection = new ListeningConnection({
      connectionString: url.href,
      channel: 'test',
      checkIntervalMs: 20,
      answerTimeoutMs: 500,
      onNotification: () => undefined,
      onListening: () => ++listened === 2 && again.resolve(),
      onLost: () => undefined,
    });
    await connection.connect();
    proxy.mute();
    await again.promise;
    await connection.close();
    await proxy.close();
  });

  it('reconnects after a crash of the server', async () => {
    const server = await PostgresServer.start();
    const progress = await PostgresqlProgress.connect(server.url);
    const notices = progress.subscribe('benchmark', 'a');
    await notices.next();
    server.stop('immediate');
    progress.publish({ topic: 'benchmark', id: 'a', seq: 1 });
    await server.start();
    const { value } = await notices.next();
    expect([undefined, 1]).toContain(value?.seq);
    await progress.close();
    server.remove();
  });
});
