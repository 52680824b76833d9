import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { User } from '../../../src/entities/accounts/user.entity.js';
import { Image } from '../../../src/entities/image.entity.js';
import type { ComputeRequest, ComputeResult } from '../../../src/execution/compute.js';
import { type ImageDependencies, ImageService } from '../../../src/services/images/image.service.js';
import { removeOrphans } from '../../../src/services/images/orphans.js';
import { Quota } from '../../../src/services/images/quota.js';
import { LocalStorage } from '../../../src/storage/local.storage.js';
import { InProcessCompute } from '../../support/fakes/in-process-compute.js';
import { eachDatabase, type TestDatabase } from '../../support/servers/database.js';

const limits = {
  maxPixels: 1_000_000,
  maxFrames: 1_000,
  maxAnimationPixels: 3_000_000,
  maxOperations: 10,
  maxUploadBytes: 1_000_000,
};
const result: ComputeResult = { format: 'PNG', width: 1, height: 1, frames: 1, byteSize: 4, durationMs: 1 };

eachDatabase('images', (databases) => {
  let database: TestDatabase;
  let folder: string;
  let storage: LocalStorage;
  let owner: string;

  /** A computation during which something else happens. */
  class EventfulCompute extends InProcessCompute {
    constructor(private readonly meanwhile: () => Promise<void>) {
      super(storage, limits);
    }
    override async process({ resultKey }: ComputeRequest): Promise<ComputeResult> {
      await storage.write(resultKey, Buffer.from('made'));
      await this.meanwhile();
      return result;
    }
  }

  const service = (meanwhile = async () => {}, parts: Partial<ImageDependencies> = {}) =>
    new ImageService(database.fork(), {
      fork: database.fork,
      storage,
      compute: new EventfulCompute(meanwhile),
      quota: new Quota(1_000_000),
      limits,
      onError: (error) => {
        throw error;
      },
      ...parts,
    });

  async function stored(): Promise<Image> {
    const em = database.fork();
    const id = randomUUID();
    const storageKey = `images/${id}`;
    await storage.write(storageKey, Buffer.from('data'));
    const image = em.create(Image, {
      ...result,
      id,
      owner: em.getReference(User, owner),
      storageKey,
      filename: 'sky',
      operations: [],
      createdAt: new Date(),
    });
    await em.flush();
    return image;
  }

  beforeAll(async () => {
    database = await databases.open();
    folder = await mkdtemp(join(tmpdir(), 'nogil-bench-images-'));
    storage = new LocalStorage(folder);
    owner = randomUUID();
    const em = database.fork();
    em.create(User, { id: owner, email: 'ada@example.com', passwordHash: '', createdAt: new Date() });
    await em.flush();
  });
  afterAll(async () => {
    await database.close();
    await rm(folder, { recursive: true });
  });

  it('without a row are removed once they are old; those with a row, and foreign files, stay', async () => {
    const kept = await stored();
    const [old, young, foreign] = [
      `images/${randomUUID()}`,
      `images/${randomUUID()}`,
      'images/of-somebody-else',
    ];
    for (const key of [old, young, foreign]) await storage.write(key, Buffer.from('data'));
    const anHourAgo = new Date(Date.now() - 3_600_000);
    for (const key of [old, foreign, kept.storageKey]) await utimes(join(folder, key), 1, 1);

    await removeOrphans(database.fork(), storage, anHourAgo);
    expect(await storage.stat(old)).toBeUndefined();
    expect(await storage.stat(young)).toBeDefined();
    expect(await storage.stat(kept.storageKey)).toBeDefined();

    await removeOrphans(database.fork(), storage, new Date(Date.now() + 1_000));
    expect(await storage.stat(young)).toBeUndefined();
    expect(await storage.stat(foreign)).toBeDefined();
    expect(await storage.stat(kept.storageKey)).toBeDefined();
  });

  it.each(['before the result is stored', 'while it is stored'])(
    'whose source is deleted %s have a null source',
    async (when) => {
      const source = await stored();
      const deleted = Promise.withResolvers<void>();
      const meanwhile = async () => {
        const deleting = database.fork();
        if (when === 'before the result is stored' || databases.kind === 'SQLITE') {
          await deleting.nativeDelete(Image, { id: source.id });
          return deleted.resolve();
        }
        await deleting.begin();
        await deleting.nativeDelete(Image, { id: source.id });
        // The result's transaction has begun by then, and waits for this one.
        setTimeout(() => deleting.commit().then(deleted.resolve, deleted.reject), 200);
      };
      const request = {
        imageId: source.id,
        operations: [{ kind: 'GRAYSCALE', params: {} }],
        engine: 'SHARP',
      } as const;
      const made = await service(meanwhile).process(owner, request);
      await deleted.promise;
      const row = await database.fork().findOneOrFail(Image, { id: made.id });
      expect(row.source).toBeNull();
      expect(await storage.stat(row.storageKey)).toBeDefined();
    },
  );

  it('are deleted together, rows and files, each id once', async () => {
    const images = await Promise.all([stored(), stored(), stored()]);
    const ids = images.slice(0, 2).map(({ id }) => id);
    expect(await service().delete(owner, [...ids, ids[0]?.toUpperCase() ?? ''])).toEqual(ids);
    for (const { id, storageKey } of images) {
      const kept = !ids.includes(id);
      expect((await database.fork().findOne(Image, { id })) !== null).toBe(kept);
      expect((await storage.stat(storageKey)) !== undefined).toBe(kept);
    }
  });

  it.each([
    ['no ids', [], { code: 'BAD_USER_INPUT', details: { field: 'ids' } }],
    [
      '1,001 ids',
      Array(1_001).fill('1'),
      { code: 'LIMIT_EXCEEDED', details: { field: 'ids', value: 1_000 } },
    ],
  ])('are not deleted for %s', async (_name, ids, refusal) => {
    const error = await service()
      .delete(owner, ids)
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject(refusal);
  });

  it('are all kept if one id is unknown', async () => {
    const { id } = await stored();
    await expect(service().delete(owner, [id, crypto.randomUUID()])).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await database.fork().findOne(Image, { id })).not.toBeNull();
  });

  it('are deleted or rejected even if their files cannot be removed', async () => {
    class KeepingStorage extends LocalStorage {
      override async delete(): Promise<void> {
        throw new Error('The disk is read-only');
      }
    }
    const errors: unknown[] = [];
    const parts = { storage: new KeepingStorage(folder), onError: (error: unknown) => errors.push(error) };
    const { id } = await stored();
    expect(await service(undefined, parts).delete(owner, [id])).toEqual([id]);
    expect(await database.fork().findOne(Image, { id })).toBeNull();
    expect(errors).toHaveLength(1);

    const file = { filename: 'notes.txt', field: 'file', open: () => Readable.from(['no image']) };
    await expect(service(undefined, parts).upload(owner, [file])).rejects.toMatchObject({
      code: 'UNSUPPORTED_MEDIA',
    });
    expect(errors).toHaveLength(2);
  });
});
