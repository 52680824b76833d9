import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Deployment } from '../../../src/entities/deployment.entity.js';
import { removeOrphans } from '../../../src/services/images/orphans.js';
import { StorageBinding } from '../../../src/services/images/storage-binding.js';
import { LocalStorage } from '../../../src/storage/local.storage.js';
import { JobWorld } from '../../support/fakes/job-world.js';
import type { MemoryStorage } from '../../support/fakes/memory-storage.js';
import { ONE_PIXEL_PNG } from '../../support/images/one-pixel.js';
import { eachDatabase, type TestDatabase } from '../../support/servers/database.js';
import { startTestApp } from '../../support/servers/test-app.js';

const MARK = 'deployment-id';

eachDatabase('a file without a row', (databases) => {
  let database: TestDatabase;
  let world: JobWorld;
  let storage: MemoryStorage;
  let warnings: string[];

  beforeEach(async () => {
    database = await databases.open();
    world = await JobWorld.open(database);
    storage = world.storage;
    warnings = [];
  });
  afterEach(async () => {
    await world.close();
    await database.close();
  });

  async function orphan(): Promise<string> {
    const key = `images/${crypto.randomUUID()}`;
    await storage.write(key, Buffer.from('no row'));
    return key;
  }

  const binding = () =>
    new StorageBinding({ fork: () => database.fork(), storage }, (text) => warnings.push(text));

  /** Binds the storage as a server does at its start. */
  async function start(): Promise<void> {
    const started = binding();
    await started.bind();
    for (let hour = 0; hour < 2; hour++) {
      if (await started.holds()) await removeOrphans(database.fork(), storage, new Date(Date.now() + 1));
    }
  }

  const id = async () => (await database.fork().findOneOrFail(Deployment, { one: 1 })).id;

  it('is removed from a storage that was empty at its first start, also after later ones', async () => {
    await start();
    const [image] = await world.upload(await world.user(), 1);
    await orphan();
    await start();
    expect([...storage.objects.keys()].sort()).toEqual([MARK, `images/${image}`]);
    expect(String(await storage.read(MARK))).toBe(await id());
    expect(warnings).toEqual([]);
  });

  it('is removed by an installation older than deployment ids', async () => {
    const [image] = await world.upload(await world.user(), 1);
    await orphan();
    await start();
    expect([...storage.objects.keys()].sort()).toEqual([MARK, `images/${image}`]);
    expect(warnings).toEqual([]);
  });

  it("stays where it is another's: the database is new, and remains so once its own files are among them", async () => {
    const theirs = await orphan();
    await start();
    expect(warnings).toEqual([
      expect.stringMatching(/images that are unknown to this database.*STORAGE_URL/),
    ]);
    await world.upload(await world.user(), 1);
    await start();
    expect(storage.objects.has(theirs)).toBe(true);
    expect(storage.objects.has(MARK)).toBe(false);
    expect(warnings).toHaveLength(2);
  });

  it('is kept if the storage has the id of another database, with any rows', async () => {
    await storage.write(MARK, Buffer.from(crypto.randomUUID()));
    await world.upload(await world.user(), 1);
    const theirs = await orphan();
    await start();
    expect(storage.objects.has(theirs)).toBe(true);
    expect(warnings).toEqual([expect.stringContaining('another database by its id')]);
  });

  it('stays for the first database too once a second one has used the storage, until the operator ends that', async () => {
    await start();
    const second = await databases.open();
    try {
      await new StorageBinding({ fork: () => second.fork(), storage }, () => undefined).bind();
    } finally {
      await second.close();
    }
    const theirs = await orphan();
    await start();
    expect(storage.objects.has(theirs)).toBe(true);
    expect(warnings).toEqual([expect.stringMatching(/A second database .* remove deployment-id-second/)]);
    await storage.delete('deployment-id-second');
    await start();
    expect(storage.objects.has(theirs)).toBe(false);
  });

  it('stays if another database has bound the storage since', async () => {
    const first = binding();
    await first.bind();
    expect(await first.holds()).toBe(true);
    await storage.write(MARK, Buffer.from(crypto.randomUUID()));
    expect(await first.holds()).toBe(false);
  });

  it('is removed after the operator has written the id from the warning', async () => {
    const key = await orphan();
    await start();
    const [, told = ''] = /write (\S+) into deployment-id/.exec(warnings[0] ?? '') ?? [];
    await storage.write(MARK, Buffer.from(`${told}\n`));
    await start();
    expect(storage.objects.has(key)).toBe(false);
    expect(warnings).toHaveLength(1);
  });

  it('is handled once by processes that start at the same time', async () => {
    const all = [1, 2, 3, 4].map(binding);
    await Promise.all(all.map((one) => one.bind()));
    expect(await Promise.all(all.map((one) => one.holds()))).toEqual([true, true, true, true]);
    expect(String(await storage.read(MARK))).toBe(await id());
  });
});

describe('a server with a new database over the files of another one', () => {
  it('keeps them and warns once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'nogil-bench-test-'));
    const storageUrl = pathToFileURL(folder).href;
    const first = await startTestApp({ storageUrl });
    const client = await first.signedIn();
    const { id } = await client.upload(ONE_PIXEL_PNG);
    await first.close();
    const second = await startTestApp({ storageUrl });
    expect(await new LocalStorage(folder).stat(`images/${id}`)).toBeDefined();
    const warnings = second.log.filter(({ level }) => level === 'warn' || level === 40);
    expect(warnings).toMatchObject([{ msg: expect.stringContaining('MEDIA_DIR or STORAGE_URL') }]);
    await second.close();
    await rm(folder, { recursive: true });
  });
});
