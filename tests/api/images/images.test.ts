import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import sharp from 'sharp';
import type { Storage } from '../../../src/storage/storage.js';
import { codeOf, type GraphQLClient, IMAGE_FIELDS } from '../../support/clients/graphql-client.js';
import { eventually } from '../../support/eventually.js';
import { ManualCompute } from '../../support/fakes/manual-compute.js';
import { eachDatabase } from '../../support/servers/database.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

const imageBytes = (width = 40, height = 30) =>
  sharp({ create: { width, height, channels: 3, background: '#3366cc' } })
    .jpeg()
    .toBuffer();
const UPLOAD = `mutation ($file: Upload!) { uploadImage(file: $file) { ${IMAGE_FIELDS} } }`;
const UPLOAD_MANY = 'mutation ($files: [Upload!]!) { uploadImages(files: $files) { id filename } }';
const PROCESS = `mutation ($input: ProcessImageInput!) { processImage(input: $input) { ${IMAGE_FIELDS} } }`;
const DELETE = 'mutation ($id: ID!) { deleteImage(id: $id) }';
const IMAGE = `query ($id: ID!) { image(id: $id) { ${IMAGE_FIELDS} } }`;

eachDatabase('images over HTTP', (databases) => {
  let app: TestApp;
  let ada: GraphQLClient;
  let eve: GraphQLClient;
  const stored = () => readdir(join(app.mediaDir, 'images')).catch(() => []);

  beforeAll(async () => {
    app = await startTestApp({
      databaseUrl: await databases.create(),
      maxUploadBytes: 20_000,
      maxUploadFiles: 3,
      userQuotaBytes: 1_000_000,
    });
    [ada, eve] = await Promise.all([app.signedIn(), app.signedIn()]);
  });
  afterAll(() => app.close());

  it('are stored by their detected format, whatever their file name', async () => {
    const bytes = await imageBytes();
    const image = await ada.upload(bytes, 'a\\b/\u202egnp.passwd.svg');
    expect(image).toMatchObject({
      filename: 'gnp.passwd.svg',
      format: 'JPEG',
      width: 40,
      height: 30,
      byteSize: bytes.length,
      source: null,
      operations: [],
      engine: null,
      durationMs: null,
    });
    expect(await stored()).toContain(image.id);
  });

  it('keep quotes in their names, which forms escape', async () => {
    const { filename } = await ada.upload(await imageBytes(), 'Übersee "x" 100%22.jpg');
    expect(filename).toBe('Übersee "x" 100".jpg');
  });

  it('are refused by content, and leave nothing behind', async () => {
    const before = await stored();
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>');
    const refusal = await ada.send(
      UPLOAD,
      { file: null },
      { 'variables.file': { name: 'a.png', bytes: svg } },
    );
    expect(codeOf(refusal)).toBe('UNSUPPORTED_MEDIA');
    const large = await ada.send(
      UPLOAD,
      { file: null },
      { 'variables.file': { name: 'a', bytes: Buffer.alloc(20_001) } },
    );
    expect(codeOf(large)).toBe('PAYLOAD_TOO_LARGE');
    expect(large.errors?.[0]?.extensions).toMatchObject({ field: 'file' });
    expect(await stored()).toEqual(before);
  });

  it('are uploaded several at once, all or none', async () => {
    const bytes = await imageBytes();
    const files = { 'variables.files.0': { name: 'a', bytes }, 'variables.files.1': { name: 'b', bytes } };
    const { data } = await ada.send(UPLOAD_MANY, { files: [null, null] }, files);
    expect(data.uploadImages.map(({ filename }: { filename: string }) => filename)).toEqual(['a', 'b']);

    const before = await stored();
    const bad = { ...files, 'variables.files.1': { name: 'b', bytes: Buffer.from('nothing') } };
    const refusal = await ada.send(UPLOAD_MANY, { files: [null, null] }, bad);
    expect(refusal.errors?.[0]?.extensions).toMatchObject({ code: 'UNSUPPORTED_MEDIA', field: 'files[1]' });
    expect(await stored()).toEqual(before);

    const four = Object.fromEntries(
      [0, 1, 2, 3].map((index) => [`variables.files.${index}`, { name: 'a', bytes }]),
    );
    expect(codeOf(await ada.send(UPLOAD_MANY, { files: [null, null, null, null] }, four))).toBe(
      'PAYLOAD_TOO_LARGE',
    );
  });

  it('are not even read without sign-in or the preflight header', async () => {
    const file = { 'variables.file': { name: 'a', bytes: await imageBytes() } };
    expect(codeOf(await app.client().send(UPLOAD, { file: null }, file))).toBe('UNAUTHENTICATED');
    expect(codeOf(await ada.send(UPLOAD, { file: null }, file, {}))).toBe('BAD_USER_INPUT');
  });

  it('are processed into new images that refer to their source', async () => {
    const { id } = await ada.upload(await imageBytes(), 'sky.jpg');
    const operations = [{ resize: { width: 20 } }, { grayscale: true }, { convert: { format: 'PNG' } }];
    const { processImage } = await ada.get(PROCESS, { input: { imageId: id, operations } });
    expect(processImage).toMatchObject({
      filename: 'sky.jpg',
      format: 'PNG',
      width: 20,
      height: 15,
      engine: 'SHARP',
      source: { id },
      durationMs: expect.any(Number),
    });
    const params = { width: 20, fit: 'FILL', gravity: 'CENTER', enlarge: true };
    expect(processImage.operations[0]).toEqual({ kind: 'RESIZE', params });

    expect(await ada.get(DELETE, { id })).toEqual({ deleteImage: id });
    expect((await ada.get(IMAGE, { id: processImage.id })).image.source).toBeNull();
    expect(await stored()).not.toContain(id);
    expect(await ada.codeOf(IMAGE, { id })).toBe('NOT_FOUND');
  });

  it.each([
    [
      'a parameter out of range',
      [{ grayscale: true }, { blur: { sigma: -1 } }],
      /operations\[1\]\.blur\.sigma/,
    ],
    ['an empty chain', [], /operations/],
    ['grayscale: false', [{ grayscale: false }], /operations\[0\]\.grayscale: must be true/],
    ['two in one', [{ grayscale: true, blur: { sigma: 1 } }], /./],
    ['none in one', [{}], /./],
  ])('refuse %s', async (_what, operations, message) => {
    const { id } = await ada.upload(await imageBytes());
    const { errors } = await ada.ask(PROCESS, { input: { imageId: id, operations } });
    expect(errors?.[0]).toMatchObject({
      extensions: { code: 'BAD_USER_INPUT' },
      message: expect.stringMatching(message),
    });
  });

  it('belong to the user that uploaded them', async () => {
    const { id } = await ada.upload(await imageBytes());
    const input = { imageId: id, operations: [{ grayscale: true }] };
    for (const [query, variables] of [
      [IMAGE, { id }],
      [DELETE, { id }],
      [PROCESS, { input }],
    ] as const) {
      expect(await eve.codeOf(query, variables)).toBe('FORBIDDEN');
      expect(await app.client().codeOf(query, variables)).toBe('UNAUTHENTICATED');
    }
    for (const unknown of [crypto.randomUUID(), 'no-id', '']) {
      expect(await ada.codeOf(IMAGE, { id: unknown })).toBe('NOT_FOUND');
    }
    expect((await eve.get('{ images { totalCount } }')).images.totalCount).toBe(0);
  });

  it('are listed with the fields of single ones', async () => {
    const ida = await app.signedIn();
    const { id } = await ida.upload(await imageBytes());
    await ida.get('mutation ($id: ID!) { setFocalPoint(imageId: $id, x: 0.25, y: 1) { id } }', { id });
    const made = await ida.get(
      `mutation ($id: ID!) { processImage(input: { imageId: $id, operations: [{ grayscale: true }] }) { id } }`,
      { id },
    );
    const fields = `id filename format width height frames byteSize source { id filename } operations { kind params }
      engine durationMs focalPoint { x y } thumbHash info { hasAlpha colorSpace } createdAt`;
    const { images } = await ida.get(`{ images { edges { node { ${fields} url } } } }`);
    expect(images.edges.map(({ node }: { node: { id: string } }) => node.id)).toEqual([
      made.processImage.id,
      id,
    ]);
    for (const { node } of images.edges) {
      const { url, ...listed } = node;
      const { image } = await ida.get(`query ($id: ID!) { image(id: $id) { ${fields} } }`, { id: node.id });
      expect(listed).toEqual(image);
      expect((await fetch(url)).status).toBe(200);
    }
  });

  it('are listed newest first, page by page, each once', async () => {
    const ida = await app.signedIn();
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) ids.unshift((await ida.upload(await imageBytes())).id);

    const PAGE = `query ($after: String) {
      images(first: 2, after: $after) {
        totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }`;
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const { images } = await ida.get(PAGE, { after });
      expect(images.totalCount).toBe(5);
      expect(images.edges.at(-1).cursor).toBe(images.pageInfo.endCursor);
      seen.push(...images.edges.map((edge: { node: { id: string } }) => edge.node.id));
      after = images.pageInfo.hasNextPage ? images.pageInfo.endCursor : undefined;
    } while (after !== undefined);
    expect(seen).toEqual(ids);

    expect(await ida.codeOf('{ images(first: 0) { totalCount } }')).toBe('BAD_USER_INPUT');
    expect(await ida.codeOf('{ images(first: 101) { totalCount } }')).toBe('LIMIT_EXCEEDED');
    const distant = ['-005000-01-01T00:00:00Z', '+275760-09-13T00:00:00Z'].map((date) =>
      JSON.stringify([date, ids[0]]),
    );
    for (const cursor of [...distant, 'no', '["2026-11-21T10:00:00Z","no-id"]', '["never",1]', '{}']) {
      const after = Buffer.from(cursor).toString('base64url');
      expect(await ida.codeOf(PAGE, { after })).toBe('BAD_USER_INPUT');
    }
  });

  it('are not started for a client that has disconnected', async () => {
    let compute: ManualCompute | undefined;
    const startCompute = async (_config: unknown, _logger: unknown, storage: Storage) => {
      compute = new ManualCompute(storage);
      return compute;
    };
    const slow = await startTestApp({ databaseUrl: await databases.create() }, { startCompute });
    const client = await slow.signedIn();
    const { id } = await client.upload(await imageBytes());
    const leaving = new AbortController();
    const input = { imageId: id, engine: 'SHARP', operations: [{ grayscale: true }] };
    const answer = fetch(`${slow.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...client.authorization() },
      body: JSON.stringify({ query: PROCESS, variables: { input } }),
      signal: leaving.signal,
    });
    await eventually(() => compute?.running.length === 1);
    leaving.abort();
    await expect(answer).rejects.toThrow(/abort/i);
    await eventually(() => compute?.running.length === 0);

    const patient = client.get(PROCESS, { input });
    await eventually(() => compute?.running.length === 1);
    await compute?.running[0]?.succeed();
    expect((await patient).processImage.source.id).toBe(id);
    await slow.close();
  });

  it('fill a quota', async () => {
    const small = await startTestApp({ databaseUrl: await databases.create(), userQuotaBytes: 1_500 });
    const client = await small.signedIn();
    const bytes = await imageBytes();
    for (let kept = bytes.length; kept <= 1_500; kept += bytes.length) await client.upload(bytes);
    const refusal = await client.send(UPLOAD, { file: null }, { 'variables.file': { name: 'a', bytes } });
    expect(refusal.errors?.[0]?.extensions).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      limit: 'userQuotaBytes',
    });
    await small.close();
  });
});
