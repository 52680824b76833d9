import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import {
  allEvents,
  createJob,
  followJob,
  readJob,
  uploadPictures,
} from '../../support/clients/job-client.js';
import { eachDatabase } from '../../support/servers/database.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

const SAVE =
  'mutation ($input: SavePresetInput!) { savePreset(input: $input) { name engine operations { kind } } }';
const DELETE = 'mutation ($name: String!) { deletePreset(name: $name) }';
const PROCESS = 'mutation ($input: ProcessImageInput!) { processImage(input: $input) { id width height } }';
const LIST = '{ presets { name engine operations { kind params } } }';
const MAX_PRESETS = 100;

const resizeTo = (width: number) => [{ resize: { width, height: width, fit: 'FILL' } }];

eachDatabase('presets', (databases) => {
  let app: TestApp;
  let ada: GraphQLClient;
  let imageIds: string[];

  beforeAll(async () => {
    app = await startTestApp({ databaseUrl: await databases.create() });
    ada = await app.signedIn();
    imageIds = await uploadPictures(ada, 3);
  });
  afterAll(() => app.close());

  const save = (name: string, input: object = {}, client = ada) =>
    client.ask(SAVE, { input: { name, operations: resizeTo(5), ...input } });
  const refusal = async (answer: ReturnType<GraphQLClient['ask']>) =>
    (await answer).errors?.[0]?.extensions as { code: string; field?: string } | undefined;
  const process = (input: object, client = ada) =>
    client.ask(PROCESS, { input: { imageId: imageIds[0], ...input } });

  it('are saved, listed by name, replaced and deleted', async () => {
    const eve = await app.signedIn();
    await save('b', {}, eve);
    await save('a', { engine: 'JIMP' }, eve);
    await save('b', { operations: [{ grayscale: true }] }, eve);
    expect(await eve.get(LIST)).toEqual({
      presets: [
        { name: 'a', engine: 'JIMP', operations: [{ kind: 'RESIZE', params: expect.anything() }] },
        { name: 'b', engine: 'SHARP', operations: [{ kind: 'GRAYSCALE', params: {} }] },
      ],
    });
    expect(await eve.get(DELETE, { name: 'a' })).toEqual({ deletePreset: 'a' });
    expect((await eve.get(LIST)).presets).toHaveLength(1);
    expect(await refusal(eve.ask(DELETE, { name: 'a' }))).toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each([
    ['without a name', '', {}, 'input.name'],
    ['with capitals in its name', 'Thumb', {}, 'input.name'],
    ['with a name that is too long', 'a'.repeat(65), {}, 'input.name'],
    ['without operations', 'x', { operations: [] }, 'input.operations'],
    [
      'with an operation out of range',
      'x',
      { operations: [{ blur: { sigma: 0 } }] },
      'input.operations[0].blur.sigma',
    ],
    [
      'with a format that its engine does not write',
      'x',
      { engine: 'JIMP', operations: [{ convert: { format: 'WEBP' } }] },
      'input.operations[0].convert.format',
    ],
  ])('are refused %s', async (_, name, input, field) => {
    expect(await refusal(save(name, input))).toMatchObject({ code: 'BAD_USER_INPUT', field });
  });

  it('are applied by processImage as they are then, with their engine or another', async () => {
    await save('thumb', { operations: resizeTo(5), engine: 'JIMP' });
    const first = await process({ preset: 'thumb' });
    await save('thumb', { operations: resizeTo(7) });
    const second = await process({ preset: 'thumb', engine: 'JIMP' });
    expect([first, second].map(({ data }) => data.processImage.width)).toEqual([5, 7]);
  });

  it('are kept by a job as they were when it was created', async () => {
    await save('of-job', { operations: resizeTo(6) });
    const { id } = await createJob(ada, imageIds, { preset: 'of-job', operations: undefined });
    await save('of-job', { operations: resizeTo(9) });
    await ada.get(DELETE, { name: 'of-job' });
    await allEvents(followJob(ada, id));
    const job = await readJob(ada, id);
    expect(job).toMatchObject({ status: 'COMPLETED', completedCount: 3 });
    expect(job.operations).toMatchObject([{ kind: 'RESIZE', params: { width: 6, height: 6 } }]);
  });

  it.each([
    ['neither a preset nor operations', {}, 'BAD_USER_INPUT'],
    ['both', { preset: 'thumb', operations: resizeTo(3) }, 'BAD_USER_INPUT'],
    ['an unknown preset', { preset: 'unknown' }, 'NOT_FOUND'],
    ['a name that no preset can have', { preset: 'NUL \0' }, 'NOT_FOUND'],
  ])('are refused with %s', async (_, input, code) => {
    expect(await refusal(process(input))).toMatchObject({ code });
    const answer = ada.ask(
      'mutation ($input: CreateBatchJobInput!) { createBatchJob(input: $input) { id } }',
      {
        input: { imageIds, ...input },
      },
    );
    expect(await refusal(answer)).toMatchObject({ code });
  });

  it('that are unknown are named with the field', async () => {
    const { errors } = await process({ preset: 'unknown' });
    expect(errors?.[0]).toMatchObject({
      message: 'input.preset: there is no preset "unknown"',
      extensions: { code: 'NOT_FOUND', field: 'input.preset' },
    });
  });

  it('of another user are unknown', async () => {
    await save('mine');
    const eve = await app.signedIn();
    const [imageId] = await uploadPictures(eve, 1);
    expect(await refusal(process({ imageId, preset: 'mine' }, eve))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refusal(eve.ask(DELETE, { name: 'mine' }))).toMatchObject({ code: 'NOT_FOUND' });
  });

  describe('of a user with a hundred of them', () => {
    it('can be replaced, and added only in the place of a deleted one', async () => {
      const eve = await app.signedIn();
      const name = (i: number) => `preset-${String(i).padStart(3, '0')}`;
      for (let i = 0; i < MAX_PRESETS; i++) expect((await save(name(i), {}, eve)).errors).toBeUndefined();
      const beyond = await Promise.all([100, 101].map((i) => refusal(save(name(i), {}, eve))));
      expect(beyond).toMatchObject([{ code: 'LIMIT_EXCEEDED' }, { code: 'LIMIT_EXCEEDED' }]);
      expect(await refusal(save(name(3), { engine: 'JIMP' }, eve))).toBeUndefined();
      await eve.get(DELETE, { name: name(4) });
      const added = await Promise.all([100, 101].map((i) => refusal(save(name(i), {}, eve))));
      expect(added.filter((error) => error === undefined)).toHaveLength(1);
      expect((await eve.get(LIST)).presets).toHaveLength(MAX_PRESETS);
    });
  });
});
