import { afterAll, beforeAll, expect, it } from '@jest/globals';
import sharp from 'sharp';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { eachDatabase } from '../../support/servers/database.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

eachDatabase('downloads', (databases) => {
  let app: TestApp;
  let ada: GraphQLClient;
  let bytes: Buffer;
  let image: { id: string; url: string };

  beforeAll(async () => {
    app = await startTestApp({ databaseUrl: await databases.create() });
    ada = await app.signedIn();
    bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    image = await ada.upload(bytes, 'Grüße €.tar.jpeg');
  });
  afterAll(() => app.close());

  it('need no header with a signed link', async () => {
    const response = await fetch(image.url);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(bytes.length),
      'content-disposition': expect.stringContaining("filename*=UTF-8''Gr%C3%BC%C3%9Fe%20%E2%82%AC.tar.png"),
      'cache-control': expect.stringContaining('private'),
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
    });
  });

  it('are not sent again to a client that has them', async () => {
    const etag = (await fetch(image.url)).headers.get('etag') ?? '';
    const response = await fetch(image.url, { headers: { 'if-none-match': etag } });
    expect([response.status, await response.text()]).toEqual([304, '']);
  });

  it('send only headers for HEAD', async () => {
    const response = await fetch(image.url, { method: 'HEAD' });
    expect([response.status, response.headers.get('content-length')]).toEqual([200, String(bytes.length)]);
  });

  it('support ranges', async () => {
    const range = async (value: string, headers = {}) => {
      const response = await fetch(image.url, { headers: { range: value, ...headers } });
      return {
        status: response.status,
        range: response.headers.get('content-range'),
        body: Buffer.from(await response.arrayBuffer()),
      };
    };
    const size = bytes.length;
    expect(await range('bytes=2-5')).toEqual({
      status: 206,
      range: `bytes 2-5/${size}`,
      body: bytes.subarray(2, 6),
    });
    expect(await range('bytes=-3')).toMatchObject({ status: 206, body: bytes.subarray(-3) });
    expect(await range(`bytes=${size}-`)).toMatchObject({ status: 416, range: `bytes */${size}` });
    expect(await range('bytes=0-1', { 'if-range': '"another"' })).toMatchObject({ status: 200, body: bytes });
  });

  it('accept only the access token of the owner', async () => {
    const url = `${app.url}/media/images/${image.id}`;
    const status = async (client: GraphQLClient) =>
      (await fetch(url, { headers: client.authorization() })).status;
    expect(await status(ada)).toBe(200);
    expect(await status(await app.signedIn())).toBe(403);
    expect(await status(app.client())).toBe(401);
  });

  it('need a link for this object that has not expired', async () => {
    const other = await ada.upload(bytes);
    const { search } = new URL(image.url);
    const refused = async (url: string) => {
      const response = await fetch(url);
      const { errors } = (await response.json()) as { errors: { extensions: { code: string } }[] };
      return [response.status, errors[0]?.extensions.code];
    };
    expect(await refused(`${app.url}/media/images/${other.id}${search}`)).toEqual([403, 'FORBIDDEN']);
    expect(await refused(image.url.replace(/expires=\d+/, 'expires=9999999999'))).toEqual([403, 'FORBIDDEN']);
    expect(await refused(`${image.url}x`)).toEqual([403, 'FORBIDDEN']);

    const shortLived = await startTestApp({ databaseUrl: await databases.create(), downloadLinkSeconds: 0 });
    const { url } = await (await shortLived.signedIn()).upload(bytes);
    expect(await refused(url)).toEqual([403, 'FORBIDDEN']);
    await shortLived.close();
  });

  it('are deleted with their image', async () => {
    const { id, url } = await ada.upload(bytes);
    await ada.get('mutation ($id: ID!) { deleteImage(id: $id) }', { id });
    expect((await fetch(url)).status).toBe(404);
  });
});
