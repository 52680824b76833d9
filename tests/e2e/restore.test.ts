import { cp, mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { photoLikeJpeg } from '../../src/benchmark/measure/photo-like.js';
import { damageOf } from '../support/servers/faults/sqlite-file.js';
import { ServerProcess } from '../support/servers/server-process.js';

let backup: string;
beforeEach(async () => {
  backup = await mkdtemp(join(tmpdir(), 'nogil-bench-backup-'));
});
afterEach(() => rm(backup, { recursive: true, force: true }));

/** Follows docs/operating.md while the server runs: the database first, then the files and the secret. */
async function backUp({ folder }: ServerProcess): Promise<void> {
  const database = new DatabaseSync(join(folder, 'data', 'nogil-bench.db'));
  database.exec(`vacuum into '${join(backup, 'nogil-bench.db')}'`);
  database.close();
  await cp(join(folder, 'media'), join(backup, 'media'), { recursive: true });
  for (const name of ['jwt-secret', 'jwt-secret.database'])
    await cp(join(folder, 'data', name), join(backup, name));
}

async function restore(folder: string): Promise<void> {
  await rm(join(folder, 'data'), { recursive: true });
  await rm(join(folder, 'media'), { recursive: true });
  await mkdir(join(folder, 'data'));
  for (const name of ['nogil-bench.db', 'jwt-secret', 'jwt-secret.database'])
    await cp(join(backup, name), join(folder, 'data', name));
  await cp(join(backup, 'media'), join(folder, 'media'), { recursive: true });
}

describe('a backup of a running server', () => {
  it('is restored elsewhere with accounts, images, sign-ins and the right to clean up', async () => {
    const server = await ServerProcess.start({ WORKERS: '1' });
    const elsewhere = await ServerProcess.start({ WORKERS: '1' });
    try {
      const client = server.client();
      const { user } = await client.register();
      const { id } = await client.upload(await photoLikeJpeg(1, 64, 48));
      await backUp(server);
      // After the backup, so not part of it.
      await client.upload(await photoLikeJpeg(2, 64, 48));

      await elsewhere.end();
      await restore(elsewhere.folder);
      await elsewhere.start();
      const again = elsewhere.client();
      again.token = client.token;
      const { me, images } = await again.get('{ me { id } images { edges { node { id url } } } }');
      expect(me.id).toBe(user.id);
      expect(images.edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual([id]);
      const response = await fetch(images.edges[0].node.url);
      expect([response.status, (await response.arrayBuffer()).byteLength > 0]).toEqual([200, true]);
      const file = join(elsewhere.folder, 'media', 'deployment-id');
      expect(await readFile(file, 'utf8')).toBe(
        await readFile(join(backup, 'media', 'deployment-id'), 'utf8'),
      );
      expect(elsewhere.output).not.toMatch(/files without a row are not removed/);
      expect(damageOf(join(elsewhere.folder, 'data', 'nogil-bench.db'))).toEqual([]);
    } finally {
      await server.dispose();
      await elsewhere.dispose();
    }
  });
});
