import { readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import sharp from 'sharp';
import { AppError } from '../../../src/errors.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';
import { SingleFlight } from '../../../src/services/images/variants/single-flight.js';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { eventually } from '../../support/eventually.js';
import { PASSWORD } from '../../support/fakes/account-world.js';
import { GatedCompute } from '../../support/fakes/gated-compute.js';
import { eachDatabase } from '../../support/servers/database.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

const CACHE_BYTES = 20_000;
const IMAGES_IN_FLIGHT = 2;
const IMAGING = { ...DEFAULT_IMAGING_LIMITS, maxOperations: 30 };

eachDatabase('variants of an image', (databases) => {
  let app: TestApp;
  let compute: GatedCompute;
  let ada: GraphQLClient;
  let bytes: Buffer;
  let image: { id: string };

  beforeAll(async () => {
    app = await startTestApp(
      {
        ...{ databaseUrl: await databases.create(), variantCacheBytes: CACHE_BYTES, imaging: IMAGING },
        imagesInFlight: IMAGES_IN_FLIGHT,
      },
      {
        variantFlushMs: 200,
        startCompute: async ({ imaging }, _logger, storage) => {
          compute = new GatedCompute(storage, imaging);
          return compute;
        },
      },
    );
    ada = await app.signedIn();
    bytes = await sharp({ create: { width: 64, height: 32, channels: 3, background: 'red' } })
      .jpeg()
      .toBuffer();
    image = await ada.upload(bytes, 'Grüße 花.jpeg');
  });
  afterEach(() => {
    compute.gate = Promise.resolve();
  });
  afterAll(() => app.close());

  let width = 0;
  /** A recipe that no other test uses. */
  const fresh = () => ({
    operations: [{ resize: { width: 8 + (width++ % 50), height: 8 + Math.floor(width / 50) } }],
  });
  const ask = (id: string, input: object, client = ada) =>
    client.ask('query ($id: ID!, $input: VariantInput!) { image(id: $id) { variantUrl(input: $input) } }', {
      ...{ id, input },
    });
  const urlOf = async (input: object, id = image.id): Promise<string> => {
    const { data } = await ask(id, input);
    return (data as { image: { variantUrl: string } }).image.variantUrl;
  };
  const refusal = async (input: object) => {
    const { errors } = await ask(image.id, input);
    return errors?.[0]?.extensions as { code: string; field?: string };
  };
  const timing = (response: Response) => response.headers.get('server-timing') ?? '';

  it('are computed by the first GET and served from the cache afterwards', async () => {
    const url = await urlOf({
      operations: [{ resize: { width: 20, height: 10 } }, { convert: { format: 'WEBP' } }],
    });
    const before = compute.requests.length;
    const first = await fetch(url);
    const body = Buffer.from(await first.arrayBuffer());
    expect(await sharp(body).metadata()).toMatchObject({ format: 'webp', width: 20, height: 10 });
    expect(timing(first)).toMatch(/^engine;dur=\d+\.\d\d, cache;desc=miss$/);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'content-type': 'image/webp',
      'content-length': String(body.length),
      'content-disposition': expect.stringContaining("UTF-8''Gr%C3%BC%C3%9Fe%20%E8%8A%B1-20x10.webp"),
      'cache-control': expect.stringMatching(/^private, max-age=\d+$/),
      'x-content-type-options': 'nosniff',
      'accept-ranges': 'bytes',
    });
    const second = await fetch(url);
    expect(Buffer.from(await second.arrayBuffer())).toEqual(body);
    expect(timing(second)).toMatch(/cache;desc=hit$/);
    expect(second.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(compute.requests.length - before).toBe(1);
  });

  it('are sent as 304, in ranges and without a body', async () => {
    const url = await urlOf(fresh());
    const head = await fetch(url, { method: 'HEAD' });
    const etag = head.headers.get('etag') ?? '';
    const body = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(body.length)]);
    const known = await fetch(url, { headers: { 'if-none-match': etag } });
    expect([known.status, await known.text()]).toEqual([304, '']);
    expect(known.headers.get('cache-control')).toMatch(/max-age/);
    const range = await fetch(url, { headers: { range: 'bytes=2-5' } });
    expect([range.status, Buffer.from(await range.arrayBuffer())]).toEqual([206, body.subarray(2, 6)]);
    const beyond = await fetch(url, { headers: { range: `bytes=${body.length}-` } });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${body.length}`]);
  });

  it('keep their address for a while, whatever the order of parameters', async () => {
    const resize = { width: 9, height: 9, fit: 'COVER' };
    const again = { fit: 'COVER', height: 9, width: 9 };
    // Not from one of its whiles to the next.
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now());
    const [first, second] = [
      await urlOf({ operations: [{ resize }] }),
      await urlOf({ operations: [{ resize: again }] }),
    ];
    clock.mockRestore();
    expect(second).toBe(first);
  });

  it('are computed once for a hundred clients at once', async () => {
    const url = await urlOf(fresh());
    const before = compute.requests.length;
    const opened = Promise.withResolvers<void>();
    compute.gate = opened.promise;
    const responses = Array.from({ length: 100 }, () =>
      fetch(url).then((response) => response.arrayBuffer()),
    );
    await eventually(() => compute.running === 1);
    opened.resolve();
    const sizes = new Set((await Promise.all(responses)).map(({ byteLength }) => byteLength));
    expect([sizes.size, compute.requests.length - before]).toEqual([1, 1]);
  });

  it('are cancelled when the last client disconnects, and computed while one waits', async () => {
    compute.gate = new Promise(() => undefined);
    const url = await urlOf(fresh());
    const joined = jest.spyOn(SingleFlight.prototype, 'join');
    const clients = [new AbortController(), new AbortController()];
    const requests = clients.map(({ signal }) => fetch(url, { signal }).catch((error: Error) => error.name));
    await eventually(() => compute.running === 1 && joined.mock.calls.length === 2);
    joined.mockRestore();
    const before = compute.cancelled;
    clients[0]?.abort();
    expect(await requests[0]).toBe('AbortError');
    expect([compute.running, compute.cancelled]).toEqual([1, before]);
    clients[1]?.abort();
    await eventually(() => compute.running === 0);
    expect(compute.cancelled).toBe(before + 1);
    compute.gate = Promise.resolve();
    expect((await fetch(url)).status).toBe(200);
  });

  it('are computed for one owner at most twice as many at a time as images are in flight', async () => {
    compute.mostRunning = 0;
    const opened = Promise.withResolvers<void>();
    compute.gate = opened.promise;
    const urls = await Promise.all(Array.from({ length: 9 }, () => urlOf(fresh())));
    const responses = urls.map((url) => fetch(url));
    await eventually(() => compute.running === 2 * IMAGES_IN_FLIGHT);
    opened.resolve();
    for (const response of await Promise.all(responses)) expect(response.status).toBe(200);
    expect(compute.mostRunning).toBe(2 * IMAGES_IN_FLIGHT);
  });

  it('answer 503 with Retry-After while the server is busy', async () => {
    const busy = Promise.reject(new AppError('SERVER_BUSY', 'Busy', { retryAfterMs: 2_500 }));
    busy.catch(() => undefined);
    compute.gate = busy;
    const response = await fetch(await urlOf(fresh()));
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '3']);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('are refused by a link that was changed, belongs to another image, or has expired', async () => {
    const url = await urlOf(fresh());
    const other = await ada.upload(bytes);
    const { pathname } = new URL(await urlOf(fresh()));
    const before = compute.requests.length;
    for (const changed of [
      url.replace(image.id, other.id),
      url.replace(/\/media\/variants\/[^?]+/, pathname),
      url.replace(/expires=\d+/, 'expires=9999999999'),
      url.replace(/\?.*/, ''),
      `${url}x`,
    ]) {
      expect((await fetch(changed)).status).toBe(403);
    }
    expect(compute.requests.length).toBe(before);
    const brief = await startTestApp({ databaseUrl: await databases.create(), downloadLinkSeconds: 1 });
    const client = await brief.signedIn();
    const { id } = await client.upload(bytes);
    const { data } = await ask(id, fresh(), client);
    const expiring = (data as { image: { variantUrl: string } }).image.variantUrl;
    await eventually(async () => (await fetch(expiring)).status === 403);
    await brief.close();
  });

  it('with autoFormat have the best format that the client names', async () => {
    const { operations } = fresh();
    const url = await urlOf({ operations, autoFormat: true });
    const typeFor = async (accept: string) => {
      const response = await fetch(url, { headers: { accept } });
      await response.arrayBuffer();
      expect(response.headers.get('vary')).toMatch(/\bAccept\b/i);
      return response.headers.get('content-type');
    };
    expect(await typeFor('image/avif,image/webp,image/*,*/*;q=0.8')).toBe('image/avif');
    expect(await typeFor('image/webp,*/*')).toBe('image/webp');
    expect(await typeFor('IMAGE/WEBP,*/*')).toBe('image/webp');
    expect(await typeFor('image/avif;q=0,image/webp')).toBe('image/webp');
    expect(await typeFor('Image/AVIF;q=0,Image/WebP')).toBe('image/webp');
    expect(await typeFor('*/*')).toBe('image/jpeg');
    const plain = await fetch(await urlOf({ operations }));
    expect(plain.headers.get('vary') ?? '').not.toMatch(/\bAccept\b(?!-)/i);
  });

  it.each([
    ['neither a preset nor operations', {}, 'input'],
    ['both', { preset: 'x', operations: [{ grayscale: true }] }, 'input'],
    [
      'autoFormat with convert',
      { operations: [{ convert: { format: 'PNG' } }], autoFormat: true },
      'input.autoFormat',
    ],
    [
      'autoFormat with JIMP',
      { operations: [{ grayscale: true }], engine: 'JIMP', autoFormat: true },
      'input',
    ],
    ['an invalid parameter', { operations: [{ blur: { sigma: 1_000 } }] }, 'input.operations[0].blur.sigma'],
  ])('have no address with %s', async (_name, input, field) => {
    const { code, field: named } = await refusal(input);
    expect([code, named?.startsWith(field)]).toEqual(['BAD_USER_INPUT', true]);
  });

  it('have no address longer than 4 KB of recipe', async () => {
    const chain = (length: number) => Array(length).fill({ watermark: { text: 'é'.repeat(100) } });
    expect(await refusal({ operations: chain(10) })).toBeUndefined();
    expect(await refusal({ operations: chain(20) })).toMatchObject({ code: 'LIMIT_EXCEEDED', value: 4_096 });
  });

  it('keep the operations of their preset', async () => {
    const save = (input: object) =>
      ada.get('mutation ($input: SavePresetInput!) { savePreset(input: $input) { name engine } }', { input });
    await save({ name: 'thumb', operations: [{ resize: { width: 5, height: 5 } }] });
    const url = await urlOf({ preset: 'thumb' });
    await save({ name: 'thumb', operations: [{ resize: { width: 7, height: 7 } }] });
    const sizeOf = async (address: string) => {
      const metadata = await sharp(Buffer.from(await (await fetch(address)).arrayBuffer())).metadata();
      return metadata.width;
    };
    expect(await sizeOf(url)).toBe(5);
    expect(await sizeOf(await urlOf({ preset: 'thumb' }))).toBe(7);
    expect((await refusal({ preset: 'unknown' })).code).toBe('NOT_FOUND');
  });

  it('count towards no quota, and are removed with their image', async () => {
    const usage = () => ada.get('{ me { usage { imageCount imageBytes } } images { totalCount } }');
    const { id } = await ada.upload(bytes);
    const before = await usage();
    const url = await urlOf(fresh(), id);
    expect((await fetch(url)).status).toBe(200);
    expect(await usage()).toEqual(before);
    await ada.get('mutation ($ids: [ID!]!) { deleteImages(ids: $ids) }', { ids: [id] });
    expect((await fetch(url)).status).toBe(404);
    await eventually(async () => (await app.fileSizes(`variants/${id}`)).length === 0);
  });

  it('are computed again where a power failure has cut their file short', async () => {
    const { id } = await ada.upload(bytes);
    const url = await urlOf(fresh(), id);
    const body = Buffer.from(await (await fetch(url)).arrayBuffer());
    const folder = join(app.mediaDir, 'variants', id);
    for (const name of await readdir(folder)) await truncate(join(folder, name), 10);
    const again = await fetch(url);
    expect(Buffer.from(await again.arrayBuffer())).toEqual(body);
    expect([again.status, timing(again)]).toEqual([200, expect.stringMatching(/miss$/)]);
  });

  it('are removed with the account of their owner', async () => {
    const eve = await app.signedIn();
    const { id } = await eve.upload(bytes);
    const { data } = await ask(id, fresh(), eve);
    expect((await fetch(data.image.variantUrl)).status).toBe(200);
    expect(await app.fileSizes(`variants/${id}`)).toHaveLength(1);
    await eve.get('mutation ($password: String!) { deleteAccount(password: $password) }', {
      password: PASSWORD,
    });
    await eventually(async () => (await app.fileSizes(`variants/${id}`)).length === 0);
    expect(await app.fileSizes(`variants/${image.id}`)).not.toEqual([]);
    expect((await fetch(data.image.variantUrl)).status).toBe(404);
  });

  describe('in a cache that is full', () => {
    it('are evicted, the least recently used first, and computed again', async () => {
      const noise = await sharp({
        create: {
          width: 64,
          height: 64,
          channels: 3,
          background: 'red',
          noise: { type: 'gaussian', sigma: 60 },
        },
      })
        .png()
        .toBuffer();
      const { id } = await ada.upload(noise);
      const recipe = (side: number) => ({ operations: [{ resize: { width: side, height: side } }] });
      const urls = await Promise.all([40, 41, 42, 43, 44, 45].map((side) => urlOf(recipe(side), id)));
      const kept = urls[0] ?? '';
      for (const url of urls) {
        expect((await fetch(url)).status).toBe(200);
        // Used again each time.
        expect((await fetch(kept)).status).toBe(200);
      }
      await eventually(async () => {
        const sizes = await app.fileSizes('variants');
        return sizes.reduce((sum, size) => sum + size, 0) <= CACHE_BYTES;
      });
      expect(timing(await fetch(kept))).toMatch(/hit/);
      const again = await fetch(urls[1] ?? '');
      expect(timing(again)).toMatch(/miss/);
    });
  });
});
