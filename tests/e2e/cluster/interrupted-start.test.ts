import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { it } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import { onPostgresql } from '../../support/servers/database.js';
import { ServerProcess } from '../../support/servers/server-process.js';

/** Connections that are cut, by their number: one in each step of a start. */
const CUT = [2, 4, 7, 10];

onPostgresql('a start', (databases) => {
  it('succeeds where connections to PostgreSQL are cut in the middle', async () => {
    const url = new URL(await databases.create());
    let connections = 0;
    const proxy = createServer((client) => {
      if (CUT.includes(++connections)) return client.destroy();
      const upstream = connect(Number(url.port), '127.0.0.1');
      for (const [from, to] of [
        [client, upstream],
        [upstream, client],
      ] as const) {
        from.on('error', () => undefined);
        from.once('close', () => to.destroy());
        from.pipe(to);
      }
    });
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    const { port } = proxy.address() as AddressInfo;
    const DATABASE_URL = Object.assign(new URL(url), { port: String(port) }).href;
    const server = await ServerProcess.start({ DATABASE_URL });
    try {
      await eventually(async () => (await fetch(`${server.url}/ready`)).status === 200);
    } finally {
      await server.dispose();
      proxy.close();
    }
  });
});
