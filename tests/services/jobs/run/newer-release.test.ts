import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Job } from '../../../../src/entities/job.entity.js';
import { eventually } from '../../../support/eventually.js';
import { JobWorld } from '../../../support/fakes/job-world.js';
import { SAMPLE_OPERATIONS } from '../../../support/images/sample-operations.js';
import { eachDatabase, type TestDatabase } from '../../../support/servers/database.js';

eachDatabase('jobs beside a newer release', (databases) => {
  let database: TestDatabase;
  let world: JobWorld;
  let ada: string;
  let id: string;

  beforeAll(async () => {
    database = await databases.open();
  });
  afterAll(() => database.close());
  beforeEach(async () => {
    world = await JobWorld.open(database);
    ada = await world.user();
    id = (await world.create(ada, await world.upload(ada, 3))).id;
  });
  afterEach(async () => {
    await world.close();
    expect(world.errors).toEqual([]);
  });

  const change = (columns: Partial<Job>) => world.fork().nativeUpdate(Job, { id }, columns);

  /** The items are untouched and their entry is in the queue, for a process of the newer release. */
  async function expectLeftAlone(): Promise<void> {
    const { job, items } = await world.snapshot(id);
    expect([job.status, job.startedAt]).toEqual(['QUEUED', null]);
    expect(items.map(({ status, attempts }) => [status, attempts])).toEqual(Array(3).fill(['QUEUED', 0]));
    expect(await world.entries(id)).toBe(1);
    expect(world.compute.calls).toEqual([]);
  }

  it('claims nothing after an unknown migration', async () => {
    world.newerRelease = 'a newer release has migrated this database';
    world.run();
    expect(await world.release.outdated).toBe(world.newerRelease);
    world.queue.wake();
    await world.runner?.close(0);
    await expectLeftAlone();
  });

  it('finishes the items that it had claimed before the migration', async () => {
    world.run();
    await eventually(() => world.compute.calls.length === 3);
    world.newerRelease = 'a newer release has migrated this database';
    for (const call of world.compute.running) await call.succeed();
    await world.ended(id);
    expect((await world.snapshot(id)).job.completedCount).toBe(3);
  });

  it('repairs no job after an unknown migration', async () => {
    await world.loseEntries(id);
    world.newerRelease = 'a newer release has migrated this database';
    await world.recovery.reconcile();
    expect(await world.entries(id)).toBe(0);
  });

  it.each([
    ['operation', { operations: [{ kind: 'SOLARIZE', params: {} }] }, 'operation SOLARIZE'],
    [
      'parameter',
      { operations: [{ kind: 'BLUR', params: { sigma: 2, shape: 'DISC' } }] },
      'blur.shape "DISC"',
    ],
    [
      'value of a parameter',
      { operations: [{ kind: 'RESIZE', params: { width: 9, fit: 'OUTSIDE' } }] },
      'resize.fit "OUTSIDE"',
    ],
    ['engine', { engine: 'VIPS' }, 'engine VIPS'],
    ['pool', { pool: 'FIBERS' }, 'pool FIBERS'],
  ])(
    'returns a job with an unknown %s to the queue without a failed attempt',
    async (_what, columns, name) => {
      await change(columns as unknown as Partial<Job>);
      world.run();
      expect(await world.release.outdated).toBe(
        `a newer release has created job ${id} (${name} is unknown here)`,
      );
      await world.runner?.close(0);
      await expectLeftAlone();
    },
  );

  it('runs every operation that this release has', async () => {
    await change({ operations: Object.values(SAMPLE_OPERATIONS) });
    world.compute.onCall = (call) => void call.succeed();
    world.run();
    await world.ended(id);
  });
});
