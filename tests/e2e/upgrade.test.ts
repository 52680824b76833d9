import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { photoLikeJpeg } from '../../src/benchmark/measure/photo-like.js';
import { openDatabase } from '../../src/database/open-database.js';
import { LocalStorage } from '../../src/storage/local.storage.js';
import { eventually } from '../support/eventually.js';
import { jobOf } from '../support/servers/cluster.js';
import { eachDatabase, openTestDatabase } from '../support/servers/database.js';
import { ServerProcess } from '../support/servers/server-process.js';

/** The last migration of release 0.1.0. */
const PREVIOUS = '20261128-index-what-users-keep';
const SECRET = 'a secret that both releases were given: 0123456789';

eachDatabase('an upgrade', (databases) => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nogil-bench-upgrade-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const create = async () =>
    databases.kind === 'SQLITE' ? `sqlite://${join(folder, 'app.db')}` : databases.createEmpty();

  it('runs the jobs that the previous release had queued', async () => {
    const url = await create();
    const old = await openTestDatabase(url, PREVIOUS);
    const at = '2026-11-28T10:00:00.123Z';
    const created_at = databases.kind === 'SQLITE' ? Date.parse(at) : at;
    const execute = (sql: string, values: unknown[] = []) => old.fork().getConnection().execute(sql, values);
    const insert = (table: string, row: Record<string, unknown>) =>
      execute(
        `insert into "${table}" (${Object.keys(row)}) values (${Object.keys(row).map(() => '?')})`,
        Object.values(row),
      );
    const [user, image, job] = Array.from({ length: 3 }, () => crypto.randomUUID());
    const storageKey = `images/${image}`;
    const photo = await photoLikeJpeg(1, 64, 48);
    await new LocalStorage(join(folder, 'media')).write(storageKey, photo);
    await insert('user', { id: user, email: 'ada@example.com', password_hash: 'hash', created_at });
    const size = { width: 64, height: 48, frames: 1, byte_size: photo.byteLength };
    const file = { storage_key: storageKey, filename: 'sky.jpg', format: 'JPEG', ...size };
    await insert('image', { id: image, owner_id: user, ...file, operations: '[]', created_at });
    const operations = JSON.stringify([{ kind: 'GRAYSCALE' }]);
    const work = { pool: 'THREADS', workers: 1, engine: 'SHARP', operations, total_count: 1 };
    await insert('job', { id: job, owner_id: user, fingerprint: 'f', ...work, created_at });
    await insert('job_item', { job_id: job, position: 0, image_id: image });
    await old.close();
    // The entry in the queue is written by recovery: no process of the previous release was left to run it.
    const server = await ServerProcess.start({
      ...{ DATABASE_URL: url, MEDIA_DIR: join(folder, 'media'), JWT_SECRET: SECRET, WORKERS: '1' },
    });
    try {
      await eventually(async () => (await statusOf(url, job ?? '')) === 'COMPLETED');
      const client = server.client();
      await client.register();
      await expect(jobOf(client, job ?? '')).rejects.toThrow(/FORBIDDEN|another/i);
    } finally {
      await server.dispose();
    }
  });

  it('back is refused: a release that does not know a migration names it', async () => {
    const url = await create();
    const orm = await openDatabase(url);
    const connection = orm.em.getConnection();
    await connection.execute(
      "insert into mikro_orm_migrations (name) values ('20991231-of-a-newer-release')",
    );
    await orm.close();
    await expect(openDatabase(url)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringMatching(/^DATABASE_URL: a newer release .*20991231-of-a-newer-release/),
    });
  });
});

async function statusOf(url: string, job: string): Promise<unknown> {
  if (url.startsWith('sqlite:')) {
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(url.slice('sqlite://'.length), { readOnly: true, timeout: 60_000 });
    try {
      return database.prepare('select status from job where id = ?').get(job)?.status;
    } finally {
      database.close();
    }
  }
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query('select status from job where id = $1', [job])).rows[0]?.status;
  } finally {
    await client.end();
  }
}
