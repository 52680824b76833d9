import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { ONE_PIXEL_PNG as onePixel } from '../../support/images/one-pixel.js';
import { type S3Server, startS3Server } from '../../support/servers/s3-server.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

describe('links that lead to the store', () => {
  let s3: S3Server;
  let app: TestApp;
  let ada: GraphQLClient;
  let image: { id: string; url: string };

  beforeAll(async () => {
    s3 = await startS3Server();
    app = await startTestApp({ storageUrl: s3.url, storageLinks: 'redirect' });
    ada = await app.signedIn();
    image = await ada.upload(onePixel, 'Grüße.jpeg');
  });
  afterAll(async () => {
    await app.close();
    await s3.close();
  });

  const ask = (url: string, init: RequestInit = {}) => fetch(url, { redirect: 'manual', ...init });
  const addressOf = (response: Response) => new URL(response.headers.get('location') ?? '');

  it('are answered with an address that ends soon and that nobody keeps', async () => {
    const response = await ask(image.url);
    expect([response.status, await response.text()]).toEqual([307, '']);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('etag')).toBeNull();
    const address = addressOf(response);
    expect(address.pathname).toBe(`/test-bucket/some/prefix/images/${image.id}`);
    expect(address.searchParams.get('X-Amz-Expires')).toBe('60');
    expect(address.search).not.toContain('test-secret');
  });

  it('download the image, as what it is and under its name, never as a page', async () => {
    const response = await fetch(image.url);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(onePixel);
    expect(response.url).not.toContain(app.url);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': expect.stringMatching(/^attachment; .*Gr%C3%BC%C3%9Fe\.png/),
      'cache-control': 'private',
    });
  });

  it('come in ranges', async () => {
    const response = await fetch(image.url, { headers: { range: 'bytes=1-3' } });
    expect([response.status, Buffer.from(await response.arrayBuffer())]).toEqual([
      206,
      onePixel.subarray(1, 4),
    ]);
  });

  it('lead nowhere for longer than they hold themselves', async () => {
    // In a folder of its own, as it removes what it knows no row of.
    const storageUrl = s3.url.replace('some/prefix', 'other');
    const brief = await startTestApp({ storageUrl, storageLinks: 'redirect', downloadLinkSeconds: 20 });
    const { url } = await (await brief.signedIn()).upload(onePixel);
    const seconds = Number(addressOf(await ask(url)).searchParams.get('X-Amz-Expires'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(20);
    await brief.close();
  });

  it('are refused as ever', async () => {
    expect((await ask(`${image.url}x`)).status).toBe(403);
    const { id, url } = await ada.upload(onePixel);
    await ada.get('mutation ($id: ID!) { deleteImage(id: $id) }', { id });
    expect((await ask(url)).status).toBe(404);
  });

  it('are answered here where the address would not serve: a token, HEAD, and who has the image', async () => {
    const withToken = await ask(`${app.url}/media/images/${image.id}`, { headers: ada.authorization() });
    expect([withToken.status, Buffer.from(await withToken.arrayBuffer())]).toEqual([200, onePixel]);
    const head = await ask(image.url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(onePixel.length)]);
    const known = await ask(image.url, { headers: { 'if-none-match': `"${image.id}"` } });
    expect(known.status).toBe(304);
  });
});

describe('the setting', () => {
  it('streams unless it is set', async () => {
    const s3 = await startS3Server();
    const app = await startTestApp({ storageUrl: s3.url });
    const { url } = await (await app.signedIn()).upload(onePixel);
    const response = await fetch(url, { redirect: 'manual' });
    expect([response.status, Buffer.from(await response.arrayBuffer())]).toEqual([200, onePixel]);
    await app.close();
    await s3.close();
  });

  it('is refused at the start where links cannot lead to the store', async () => {
    await expect(startTestApp({ storageLinks: 'redirect' })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: 'STORAGE_LINKS: must be stream unless STORAGE_URL is s3://…, to which links can lead',
    });
  });
});
