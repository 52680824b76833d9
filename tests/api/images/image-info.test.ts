import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { AppError } from '../../../src/errors.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';
import { codeOf, type GraphQLClient } from '../../support/clients/graphql-client.js';
import { InProcessCompute } from '../../support/fakes/in-process-compute.js';
import { gifFile } from '../../support/images/gif-file.js';
import { eachDatabase } from '../../support/servers/database.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

const INFO = `frames thumbHash
  info { hasAlpha bitDepth colorSpace profile density dominantColor cameraMake cameraModel takenAt }`;
const IMAGE = `query ($id: ID!) { image(id: $id) { ${INFO} } }`;
const PROCESS = `mutation ($input: ProcessImageInput!) { processImage(input: $input) { id ${INFO} } }`;
const BUSY = new AppError('SERVER_BUSY', 'The server is busy', { retryAfterMs: 10 });

/** Describes images, or fails as the test says, and counts. */
class DescribingCompute extends InProcessCompute {
  described = 0;
  failure: Error | undefined;

  override async describe(key: string) {
    this.described++;
    if (this.failure) throw this.failure;
    return super.describe(key);
  }
}

const photo = () =>
  sharp({ create: { width: 60, height: 40, channels: 3, background: '#3366cc' } })
    .withMetadata({ density: 300 })
    .withExif({
      IFD0: { Make: 'Maker', Model: 'Model 5' },
      IFD2: { DateTimeOriginal: '2024:02:29 12:30:15', OffsetTimeOriginal: '+02:00' },
      IFD3: { GPSLatitude: '51/1 30/1 0/1', GPSLatitudeRef: 'N' },
    })
    .png()
    .toBuffer();

eachDatabase('the description of an image', (databases) => {
  let app: TestApp;
  let compute: DescribingCompute;
  let ada: GraphQLClient;

  beforeAll(async () => {
    app = await startTestApp(
      { databaseUrl: await databases.create() },
      {
        startCompute: async (_config, _logger, storage) => {
          compute = new DescribingCompute(storage, { ...DEFAULT_IMAGING_LIMITS, maxOperations: 10 });
          return compute;
        },
      },
    );
    ada = await app.signedIn();
  });
  beforeEach(() => {
    compute.described = 0;
    compute.failure = undefined;
  });
  afterAll(() => app.close());

  it('is computed once, at upload, and has no location', async () => {
    const { id } = await ada.upload(await photo());
    expect(compute.described).toBe(1);
    const { image } = await ada.get(IMAGE, { id });
    expect(image).toMatchObject({
      frames: 1,
      info: {
        ...{ hasAlpha: false, bitDepth: 8, colorSpace: 'RGB', density: 300, dominantColor: '#3366cc' },
        ...{ cameraMake: 'Maker', cameraModel: 'Model 5', takenAt: '2024-02-29T10:30:15.000Z' },
      },
    });
    expect(Buffer.from(image.thumbHash, 'base64').length).toBeGreaterThan(4);
    expect(JSON.stringify(image)).not.toMatch(/gps|latitude/i);
    expect(compute.described).toBe(1);
  });

  it('of a result is computed at the first request, once for all its fields, and stored', async () => {
    const { id: imageId } = await ada.upload(await photo());
    const input = { imageId, operations: [{ grayscale: true }, { convert: { format: 'JPEG' } }] };
    const { processImage } = await ada.get(PROCESS, { input });
    expect(processImage).toMatchObject({ frames: 1, info: { hasAlpha: false } });
    expect(compute.described).toBe(2);
    const { image } = await ada.get(IMAGE, { id: processImage.id });
    expect({ id: processImage.id, ...image }).toEqual(processImage);
    expect(compute.described).toBe(2);
  });

  it('is computed later if the compute host has no time at upload', async () => {
    compute.failure = BUSY;
    const { id } = await ada.upload(await photo());
    expect(await ada.get('query ($id: ID!) { image(id: $id) { thumbHash } }', { id })).toEqual({
      image: { thumbHash: null },
    });
    expect(codeOf(await ada.ask(IMAGE, { id }))).toBe('SERVER_BUSY');
    compute.failure = undefined;
    expect((await ada.get(IMAGE, { id })).image).toMatchObject({
      thumbHash: expect.any(String),
      info: { dominantColor: '#3366cc' },
    });
  });

  it('comes from the header if the pixels are damaged', async () => {
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    const whole = await sharp({ create: { width: 90, height: 90, channels: 3, background: 'red', noise } })
      .png()
      .toBuffer();
    whole.fill(0, 2_000, 4_000);
    const { id } = await ada.upload(whole);
    expect((await ada.get(IMAGE, { id })).image).toMatchObject({
      thumbHash: null,
      info: { hasAlpha: false, bitDepth: 8, colorSpace: 'RGB', dominantColor: null },
    });
    expect(compute.described).toBe(1);
  });

  it('counts the frames of an animation', async () => {
    const frame = { width: 8, height: 8, index: () => 1 };
    const { id } = await ada.upload(gifFile({ width: 8, height: 8, frames: [frame, frame, frame] }));
    expect((await ada.get(IMAGE, { id })).image).toMatchObject({ frames: 3, info: { hasAlpha: false } });
  });

  it('is refused if the file has been overwritten since', async () => {
    compute.failure = BUSY;
    const lost = await ada.upload(await photo());
    compute.failure = undefined;
    await writeFile(join(app.mediaDir, 'images', lost.id), 'not an image');
    expect(codeOf(await ada.ask(IMAGE, { id: lost.id }))).toBe('UNSUPPORTED_MEDIA');
  });
});
