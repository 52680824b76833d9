import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { User } from '../../../src/entities/accounts/user.entity.js';
import { Benchmark } from '../../../src/entities/benchmarks/benchmark.entity.js';
import { Image } from '../../../src/entities/image.entity.js';
import type { ImageFormat } from '../../../src/imaging/image-format.js';
import { eventAfter } from '../../../src/services/benchmarks/benchmark-events.js';
import type { RunBenchmark } from '../../../src/services/benchmarks/benchmark-input.js';
import { eachDatabase, type TestDatabase } from '../../support/servers/database.js';
import { BenchmarkWorld, SIX } from './benchmark-world.js';

const QUICK: RunBenchmark = { preset: 'QUICK', workload: 'IMAGE', repetitions: 5 };

async function storedImage(
  em: SqlEntityManager,
  owner: string,
  format: ImageFormat = 'JPEG',
): Promise<string> {
  const id = randomUUID();
  em.create(Image, {
    id,
    owner: em.getReference(User, owner),
    storageKey: `images/${id}`,
    filename: 'sky',
    format,
    width: 1,
    height: 1,
    frames: 1,
    byteSize: 1,
    operations: [],
    createdAt: new Date(),
  });
  await em.flush();
  return id;
}

eachDatabase('benchmarks', (databases) => {
  let database: TestDatabase;
  let world: BenchmarkWorld;
  let user: string;
  let stranger: string;
  beforeEach(async () => {
    database = await databases.open();
    world = new BenchmarkWorld(database);
    [user, stranger] = await Promise.all([world.user(), world.user()]);
  });
  afterEach(() => world.close());

  it('are accepted with their defaults', async () => {
    const { id } = await world.service().run(user, QUICK);
    expect(await world.read(id)).toMatchObject({
      name: 'QUICK image',
      status: 'QUEUED',
      totalCells: 10,
      repetitions: 5,
      progress: 0,
      operations: expect.arrayContaining([expect.objectContaining({ kind: 'WATERMARK' })]),
      environment: null,
    });
  });

  it.each([
    [' SHARP/JI\u202eMP\u0000 ', 'SHARP/JIMP'],
    [' \u202e ', 'QUICK image'],
  ])('called %j show it as %j', async (given, shown) => {
    const { name } = await world.service().run(user, { ...QUICK, name: given });
    expect(name).toBe(shown);
  });

  describe('are refused before anything is stored', () => {
    it.each<[string, string, Partial<RunBenchmark>]>([
      ['BAD_USER_INPUT', 'input.imageCounts[0]', { imageCounts: [0] }],
      ['LIMIT_EXCEEDED', 'input.workerCounts[0]', { workerCounts: [10_000] }],
      ['BAD_USER_INPUT', 'input.models', { models: [] }],
      ['BAD_USER_INPUT', 'input.imageIds', { imageIds: [] }],
      ['LIMIT_EXCEEDED', 'input.imageIds', { imageIds: new Array(11).fill('x') }],
      ['NOT_FOUND', 'no image', { imageIds: ['x'] }],
      ['BAD_USER_INPUT', 'input.imageIds', { workload: 'FIBONACCI', imageIds: ['x'] }],
      [
        'BAD_USER_INPUT',
        'input.operations',
        { workload: 'FIBONACCI', operations: [{ kind: 'GRAYSCALE', params: {} }] },
      ],
      ['BAD_USER_INPUT', 'blur.sigma', { operations: [{ kind: 'BLUR', params: { sigma: 0 } }] }],
      [
        'BAD_USER_INPUT',
        'AVIF',
        { engines: ['JIMP'], operations: [{ kind: 'CONVERT', params: { format: 'AVIF' } }] },
      ],
    ])('%s %s', async (code, text, overrides) => {
      const running = world.service().run(user, { ...QUICK, ...overrides });
      const details = text.startsWith('input.') ? { field: text } : {};
      await expect(running).rejects.toMatchObject({ code, message: expect.stringContaining(text), details });
      expect(await database.fork().count(Benchmark)).toBe(0);
    });

    it('where an image is foreign, or of a format that an engine does not read', async () => {
      const foreign = await storedImage(database.fork(), stranger);
      const own = await storedImage(database.fork(), user, 'WEBP');
      const run = (overrides: Partial<RunBenchmark>) => world.service().run(user, { ...QUICK, ...overrides });
      await expect(run({ imageIds: [own, foreign] })).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(run({ imageIds: [own], engines: ['SHARP', 'JIMP'] })).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
      });
      expect(await database.fork().count(Benchmark)).toBe(0);
      const { imageIds, lists } = await run({ imageIds: [own] });
      // Without a list of engines, those of the preset that can read the image.
      expect({ imageIds, engines: lists.engines }).toEqual({ imageIds: [own], engines: ['SHARP'] });
    });

    it('where ten wait, also when all are asked for at the same time', async () => {
      const asked = Array.from({ length: 15 }, () => world.service().run(user, SIX));
      const answers = await Promise.allSettled(asked);
      expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
      expect(await database.fork().count(Benchmark)).toBe(10);
    });

    it('where the user has ten that wait', async () => {
      for (let i = 0; i < 10; i++) await world.service().run(user, SIX);
      await expect(world.service().run(user, SIX)).rejects.toMatchObject({
        code: 'LIMIT_EXCEEDED',
        details: { limit: 'maxWaitingBenchmarks' },
      });
      await world.service().run(stranger, SIX);
    });
  });

  it('are visible to their owner alone', async () => {
    const { id } = await world.service().run(user, SIX);
    const service = world.service();
    for (const method of ['find', 'cancel', 'delete'] as const) {
      await expect(service[method](stranger, id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(service[method](user, randomUUID())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await expect(service.findCompared(stranger, id, [id])).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await (await service.list(stranger, { first: 20 })).totalCount).toBe(0);
    expect(await (await service.list(user, { first: 20 })).totalCount).toBe(1);
  });

  it('can be cancelled while they wait, once and again, but not when they have ended', async () => {
    const { id } = await world.service().run(user, SIX);
    expect(await world.service().cancel(user, id)).toMatchObject({ status: 'CANCELLED', seq: 1 });
    expect(await world.service().cancel(user, id)).toMatchObject({ status: 'CANCELLED', seq: 1 });
    await world.change(id, { status: 'COMPLETED' });
    await expect(world.service().cancel(user, id)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('publish their state, then every sample, then the end, to late subscribers too', async () => {
    const { id } = await world.service().run(user, SIX);
    const events = async (seq?: number) => {
      const told = [];
      for (let last = seq; ; ) {
        const reading = await eventAfter(world.fork(), (await world.read(id)) as Benchmark, last);
        if (!reading) return told;
        told.push(reading);
        last = reading.event.seq;
        if (reading.final) return told;
      }
    };
    expect(await events()).toMatchObject([{ event: { seq: 0, status: 'QUEUED', cell: null }, final: false }]);

    await world.start();
    await world.until(id, (benchmark) => benchmark?.status === 'COMPLETED');
    const all = await events(0);
    expect(all.map(({ event }) => event.seq)).toEqual([3, 4, 5, 6, 7, 8, 9]);
    expect(all.map(({ event }) => event.cell?.samplesMs.length ?? 0)).toEqual([3, 3, 3, 3, 3, 3, 0]);
    expect(all.map(({ final }) => final)).toEqual([...new Array(6).fill(false), true]);
    expect(all[6]?.event).toMatchObject({ status: 'COMPLETED', progress: 1, completedCells: 2 });
    expect(all[5]?.event.cell?.speedup).not.toBeNull();
    expect((await events(6)).map(({ event }) => event.seq)).toEqual([7, 8, 9]);
    expect(await events()).toMatchObject([{ event: { seq: 9 }, final: true }]);
  });

  it('are compared with a baseline', async () => {
    await world.start();
    const ids: string[] = [];
    for (let i = 0; i < 2; i++) {
      const { id } = await world.service().run(user, { ...SIX, repetitions: 5, name: `n${i}` });
      await world.until(id, (benchmark) => benchmark?.status === 'COMPLETED');
      ids.push(id);
    }
    const [first = '', second = ''] = ids;
    const found = await world.service().findCompared(user, first, [second]);
    const { rows, differences, baseline } = await world.results().compare(...found);
    expect(baseline.name).toBe('n0');
    expect(rows.map(({ benchmarkId, model, verdict }) => [benchmarkId, model, verdict])).toEqual([
      [second, expect.any(String), 'INDISTINGUISHABLE'],
      [second, expect.any(String), 'INDISTINGUISHABLE'],
    ]);
    expect(differences).toEqual([expect.stringContaining('measured one after the other')]);
    await expect(world.service().findCompared(user, first, [])).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    await expect(world.service().findCompared(user, first, new Array(21).fill(second))).rejects.toMatchObject(
      {
        code: 'LIMIT_EXCEEDED',
        details: { field: 'candidateIds', limit: 'maxCandidates', value: 20, asked: 21 },
      },
    );
  });

  it('are reported on in every state', async () => {
    const { id } = await world.service().run(user, { ...SIX, name: 'Mine' });
    const report = async () => world.results().report((await world.read(id)) as Benchmark, 'MARKDOWN');
    expect(await report()).toContain('0 of 6 samples so far (QUEUED)');
    await world.start();
    await world.until(id, (benchmark) => benchmark?.status === 'COMPLETED');
    expect(await report()).toMatch(
      /^# Mine\n\nEach task computes a naive Fibonacci number.* 6 samples of 2 cells/,
    );
  });
});

eachDatabase('benchmarks of a task module', (databases) => {
  let database: TestDatabase;
  let world: BenchmarkWorld;
  let user: string;
  beforeEach(async () => {
    database = await databases.open();
    world = new BenchmarkWorld(database);
    world.tasksFolder = 'tests/fixtures/tasks';
    user = await world.user();
  });
  afterEach(() => world.close());

  const request: RunBenchmark = { preset: 'QUICK', workload: 'TASK', repetitions: 5 };

  it('store the name of the task, and are named after it', async () => {
    const { id } = await world.service().run(user, { ...request, task: 'square.mjs' });
    expect(await world.read(id)).toMatchObject({
      name: 'square',
      task: 'square',
      totalCells: 5,
      operations: [],
    });
    const named = await world.service().run(user, { ...request, task: 'square', name: 'mine' });
    expect(await world.read(named.id)).toMatchObject({ name: 'mine', task: 'square' });
  });

  it.each(['../../../package.json', '/etc/passwd', '_faulty', 'missing', undefined])(
    'are refused for what is no task: %j',
    async (task) => {
      await expect(world.service().run(user, { ...request, task })).rejects.toMatchObject({
        code: 'BAD_USER_INPUT',
        message: expect.stringMatching(/^input\.task: must name a task of this server: .*square/),
      });
    },
  );

  it('are refused where the server offers none', async () => {
    world.tasksFolder = undefined;
    await expect(world.service().run(user, { ...request, task: 'square' })).rejects.toThrow(
      'input.task: this server offers no tasks (TASKS_DIR); there is no "square"',
    );
  });

  it('take no images, and other work takes no task', async () => {
    const withImages = { ...request, task: 'square', imageIds: [randomUUID()] };
    await expect(world.service().run(user, withImages)).rejects.toThrow(
      'input.imageIds: must be absent: TASK',
    );
    await expect(world.service().run(user, { ...QUICK, task: 'square' })).rejects.toThrow(
      'input.task: must be absent: IMAGE calls no task module',
    );
  });

  it('may have as many tasks in a batch as a module has inputs', async () => {
    const counts = (imageCounts: number[]) =>
      world.service().check(user, { ...request, task: 'square', imageCounts });
    await expect(counts([10_000])).resolves.toMatchObject({ totalCells: 5 });
    await expect(counts([10_001])).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });
});

eachDatabase('imported benchmarks', (databases) => {
  let database: TestDatabase;
  let world: BenchmarkWorld;
  let user: string;
  beforeEach(async () => {
    database = await databases.open();
    world = new BenchmarkWorld(database);
    user = await world.user();
  });
  afterEach(() => world.close());

  const file = (text: string) => ({ field: 'file', open: () => Readable.from([Buffer.from(text)]) });
  const python = (changes: object = {}) =>
    JSON.stringify({
      format: 'nogil-bench',
      formatVersion: 1,
      name: '<b>twin</b>',
      workload: 'IMAGE',
      images: { count: 4, generated: true },
      repetitions: 5,
      environment: {
        os: 'Linux',
        cpuModel: 'cpu',
        availableParallelism: 2,
        totalMemoryBytes: 1e9,
        runtime: 'CPython 3.14.0, GIL on',
      },
      samples: Array.from({ length: 5 }, (_, repetition) => ({
        model: 'SYNC',
        engine: null,
        implementation: 'Pillow 12.0',
        imageCount: 10,
        workers: 1,
        repetition,
        wallMs: 200 + repetition,
        outputDigest: 'ab'.repeat(32),
      })),
      ...changes,
    });

  it('are stored as completed, with the figures of their samples', async () => {
    const { id } = await world.service().import(user, file(python()));
    const stored = await world.service().find(user, id);
    expect(stored).toMatchObject({
      status: 'COMPLETED',
      imported: true,
      totalCells: 1,
      progress: 1,
      task: null,
    });
    expect(await world.results().cells(stored)).toMatchObject([
      { model: 'SYNC', engine: null, medianMs: 202, implementation: 'Pillow 12.0' },
    ]);
    expect(await world.results().report(stored, 'MARKDOWN')).toContain('CPython 3.14.0, GIL on');
  });

  it('are compared with cells of any engine, as another runtime has none of ours', async () => {
    const ours = { environment: undefined, name: 'node' };
    const node = JSON.parse(python(ours));
    node.environment = { ...JSON.parse(python()).environment, runtime: 'Node 24.0.0', nodeVersion: '24.0.0' };
    for (const sample of node.samples) Object.assign(sample, { engine: 'SHARP', wallMs: sample.wallMs / 2 });
    const baseline = await world.service().import(user, file(python()));
    const candidate = await world.service().import(user, file(JSON.stringify(node)));
    const { rows, differences } = await world
      .results()
      .compare(await world.service().find(user, baseline.id), [
        await world.service().find(user, candidate.id),
      ]);
    expect(rows).toMatchObject([
      { engine: 'SHARP', verdict: 'FASTER', baselineMedianMs: 202, medianMs: 101 },
    ]);
    expect(differences.join()).toContain('Node');
  });

  it('are refused above 2 MiB and above their number', async () => {
    const large = file(`${python()}${' '.repeat(2 * 2 ** 20)}`);
    await expect(world.service().import(user, large)).rejects.toMatchObject({ code: 'PAYLOAD_TOO_LARGE' });
    await expect(world.service().import(user, file('[]'))).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
  });
});
