import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { User } from '../../../src/entities/accounts/user.entity.js';
import { Image } from '../../../src/entities/image.entity.js';
import { ImageService } from '../../../src/services/images/image.service.js';
import { Quota } from '../../../src/services/images/quota.js';
import { InProcessCompute } from '../../support/fakes/in-process-compute.js';
import { MemoryStorage } from '../../support/fakes/memory-storage.js';
import { ONE_PIXEL_PNG } from '../../support/images/one-pixel.js';
import { eachDatabase, type TestDatabase } from '../../support/servers/database.js';

const limits = {
  maxPixels: 1_000_000,
  maxFrames: 1_000,
  maxAnimationPixels: 3_000_000,
  maxOperations: 10,
  maxUploadBytes: 1_000_000,
};
const lost = () => new Error('Connection terminated unexpectedly');

eachDatabase('a commit whose answer is lost', (databases) => {
  let database: TestDatabase;
  let storage: MemoryStorage;
  let owner: string;
  let errors: unknown[];

  beforeEach(async () => {
    database = await databases.open();
    storage = new MemoryStorage();
    errors = [];
    owner = randomUUID();
    const em = database.fork();
    em.create(User, { id: owner, email: 'ada@example.com', passwordHash: '', createdAt: new Date() });
    await em.flush();
  });
  afterEach(() => database.close());

  function service(em = database.fork(), fork = database.fork): ImageService {
    const compute = new InProcessCompute(storage, limits);
    const onError = (error: unknown) => errors.push(error);
    return new ImageService(em, { fork, storage, compute, quota: new Quota(1_000_000), limits, onError });
  }

  /** Loses its connection, before or after it has committed. */
  function losing({ commits }: { commits: boolean }): SqlEntityManager {
    const em = database.fork();
    const transactional = em.transactional.bind(em);
    jest.spyOn(em, 'transactional').mockImplementation(async (...given) => {
      if (commits) await transactional(...given);
      throw lost();
    });
    return em;
  }

  const upload = (images: ImageService) =>
    images.upload(owner, [{ filename: 'a.png', field: 'file', open: () => Readable.from([ONE_PIXEL_PNG]) }]);

  async function keysOfRows(): Promise<string[]> {
    return (await database.fork().find(Image, {})).map(({ storageKey }) => storageKey);
  }

  it('keeps the file of an uploaded image', async () => {
    await expect(upload(service(losing({ commits: true })))).rejects.toThrow(lost().message);
    expect([...storage.objects.keys()]).toEqual(await keysOfRows());
    expect(storage.objects.size).toBe(1);
  });

  it('keeps the file of a processed image', async () => {
    const [source] = await upload(service());
    const request = { imageId: source?.id ?? '', operations: [{ kind: 'GRAYSCALE', params: {} }] } as const;
    const processing = service(losing({ commits: true })).process(owner, { ...request, engine: 'SHARP' });
    await expect(processing).rejects.toThrow(lost().message);
    expect([...storage.objects.keys()].sort()).toEqual((await keysOfRows()).sort());
    expect(storage.objects.size).toBe(2);
  });

  it('leaves no file if it was not stored', async () => {
    await expect(upload(service(losing({ commits: false })))).rejects.toThrow(lost().message);
    expect([storage.objects.size, await keysOfRows()]).toEqual([0, []]);
    expect(errors).toEqual([]);
  });

  it('leaves the file to housekeeping if the database is unavailable', async () => {
    const fork = () => {
      throw lost();
    };
    await expect(upload(service(losing({ commits: false }), fork))).rejects.toThrow(lost().message);
    expect(storage.objects.size).toBe(1);
    expect(errors).toEqual([lost()]);
  });
});
