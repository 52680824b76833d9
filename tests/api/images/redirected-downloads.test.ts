import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { ONE_PIXEL_PNG as onePixel } from '../../support/images/one-pixel.js';
import { type S3Server, startS3Server } from '../../support/servers/s3-server.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

describe('links that redirect to the bucket', () => {
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

  it('return an address that expires soon and is not cached', async () => {
    const response = await ask(image.url);
    expect([response.status, await response.text()]).toEqual([307, '']);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
    expect(response.headers.get('etag')).toBeNull();
    const address = addressOf(response);
    expect(address.pathname).toBe(`/test-bucket/some/prefix/images/${image.id}`);
    expect(address.searchParams.get('X-Amz-Expires')).toBe('60');
    expect(address.search).not.toContain('test-secret');
  });

  it('download the image with its type and name, as an attachment', async () => {
    const response = await fetch(image.url);
    expect(Buffer.from(await response.arrayBuffer())).toEqual(onePixel);
    expect(response.url).not.toContain(app.url);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': expect.stringMatching(/^attachment; .*Gr%C3%BC%C3%9Fe\.png/),
      'cache-control': 'private',
    });
  });

  it('support ranges', async () => {
    const response = await fetch(image.url, { headers: { range: 'bytes=1-3' } });
    expect([response.status, Buffer.from(await response.arrayBuffer())]).toEqual([
      206,
      onePixel.subarray(1, 4),
    ]);
  });

  it('expire no later than the link', async () => {
    // In a folder of its own, as it removes what it knows no row of.
    const storageUrl = s3.url.replace('some/prefix', 'other');
    const brief = await startTestApp({ storageUrl, storageLinks: 'redirect', downloadLinkSeconds: 20 });
    const { url } = await (await brief.signedIn()).upload(onePixel);
    const seconds = Number(addressOf(await ask(url)).searchParams.get('X-Amz-Expires'));
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThanOrEqual(20);
    await brief.close();
  });

  it('are refused like links to this server', async () => {
    expect((await ask(`${image.url}x`)).status).toBe(403);
    const { id, url } = await ada.upload(onePixel);
    await ada.get('mutation ($id: ID!) { deleteImage(id: $id) }', { id });
    expect((await ask(url)).status).toBe(404);
  });

  it('do not redirect a request with a token, HEAD, or a cached image', async () => {
    const withToken = await ask(`${app.url}/media/images/${image.id}`, { headers: ada.authorization() });
    expect([withToken.status, Buffer.from(await withToken.arrayBuffer())]).toEqual([200, onePixel]);
    const head = await ask(image.url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(onePixel.length)]);
    const known = await ask(image.url, { headers: { 'if-none-match': `"${image.id}"` } });
    expect(known.status).toBe(304);
  });
});

describe('the setting', () => {
  it('streams by default', async () => {
    const s3 = await startS3Server();
    const app = await startTestApp({ storageUrl: s3.url });
    const { url } = await (await app.signedIn()).upload(onePixel);
    const response = await fetch(url, { redirect: 'manual' });
    expect([response.status, Buffer.from(await response.arrayBuffer())]).toEqual([200, onePixel]);
    await app.close();
    await s3.close();
  });

  it('is refused at the start when the store has no links', async () => {
    await expect(startTestApp({ storageLinks: 'redirect' })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringMatching(/^STORAGE_LINKS/),
    });
  });
});
