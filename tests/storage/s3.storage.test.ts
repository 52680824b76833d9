import { execFileSync } from 'node:child_process';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { openStorage } from '../../src/storage/open-storage.js';
import { canPresign } from '../../src/storage/presigner.js';
import type { Storage } from '../../src/storage/storage.js';
import { eventually } from '../support/eventually.js';
import { type S3Server, startS3Server } from '../support/servers/s3-server.js';

let server: S3Server;
let storage: Storage;

beforeAll(async () => {
  server = await startS3Server();
  storage = openStorage(server.url);
});
beforeEach(() => server.failWith(undefined));
afterAll(() => server.close());

const megabytes = (count: number) => Array.from({ length: count }, () => Buffer.alloc(1_000_000));

describe('an upload in parts', () => {
  it('is started for a large stream, and completed', async () => {
    const body = async function* () {
      yield* megabytes(12);
      await eventually(() => server.openUploads().includes('some/prefix/large.bin'));
      yield* megabytes(1);
    };
    await storage.write('large.bin', Readable.from(body()));
    expect(server.openUploads()).toEqual([]);
  });

  it('that was interrupted is swept once it is old, page after page, under this prefix alone', async () => {
    const other = openStorage(server.url.replace('some/prefix', 'other'));
    const stuck = [];
    for (const [store, key] of [
      [storage, 'a.bin'],
      [storage, 'b.bin'],
      [other, 'c.bin'],
    ] as const) {
      const body = new Readable({ read: () => undefined });
      for (const piece of megabytes(6)) body.push(piece);
      stuck.push({ body, writing: store.write(key, body).catch(() => undefined) });
    }
    await eventually(() => server.openUploads().length >= 3);
    await expect(storage.sweep(new Date(Date.now() - 60_000))).resolves.toBe(0);
    await expect(storage.sweep(new Date(Date.now() + 60_000))).resolves.toBe(2);
    expect(server.openUploads()).toEqual(['other/c.bin']);
    for (const { body } of stuck) body.destroy();
    await Promise.all(stuck.map(({ writing }) => writing));
  });

  it('is left to a service that cannot list them', async () => {
    server.failWith(501, 'NotImplemented');
    await expect(storage.sweep(new Date())).resolves.toBe(0);
  });
});

describe('a presigned address', () => {
  const options = { expiresInS: 90, filename: 'Grüße "1".jpg', contentType: 'image/jpeg' };

  it('downloads the object without credentials, under its name, for its time', async () => {
    await storage.write('images/a.jpg', Buffer.from('pixels'));
    if (!canPresign(storage)) throw new Error('S3 storage can presign');
    const address = new URL(await storage.presign('images/a.jpg', options));
    const answer = await fetch(address);
    expect(await answer.text()).toBe('pixels');
    expect(address.pathname).toBe('/test-bucket/some/prefix/images/a.jpg');
    expect(Object.fromEntries(address.searchParams)).toMatchObject({
      'X-Amz-Expires': '90',
      'response-content-type': 'image/jpeg',
      'response-content-disposition':
        'attachment; filename="Gr??e \\"1\\".jpg"; filename*=UTF-8\'\'Gr%C3%BC%C3%9Fe%20%221%22.jpg',
    });
  });

  it('accepts any file name and rejects what is not a key', async () => {
    if (!canPresign(storage)) throw new Error('S3 storage can presign');
    const address = await storage.presign('a.jpg', { ...options, filename: 'a\r\nSet-Cookie: b/../c' });
    expect(new URL(address).searchParams.get('response-content-disposition')).not.toMatch(/[\r\n]/);
    await expect(storage.presign('../a.jpg', options)).rejects.toThrow(TypeError);
  });
});

describe('a bucket that fails', () => {
  const busy = { code: 'SERVER_BUSY', details: { retryAfterMs: 60_000 } };

  it.each([
    [503, 'ServiceUnavailable'],
    [507, 'XMinioStorageFull'],
    [400, 'XMinioAdminBucketQuotaExceeded'],
  ])('with %d %s is SERVER_BUSY', async (status, code) => {
    server.failWith(status, code);
    const body = Readable.from([Buffer.from('a')]);
    await expect(storage.write('a.bin', body)).rejects.toMatchObject(busy);
    expect(body.destroyed).toBe(true);
    await expect(storage.check()).rejects.toMatchObject(busy);
  });

  it.each([
    [403, 'AccessDenied'],
    [404, 'NoSuchBucket'],
  ])('with %d %s is the operator’s error, not the client’s', async (status, code) => {
    server.failWith(status, code);
    await expect(storage.read('a.bin')).rejects.toMatchObject({ name: code });
  });

  it('with no answer at all is SERVER_BUSY', () => {
    // In a separate process: inside jest the SDK does not recognise errors of Node and drops their codes.
    const script = `
      const { openStorage } = await import(${JSON.stringify(new URL('../../src/storage/open-storage.js', import.meta.url))});
      await openStorage('s3://bucket?endpoint=http://127.0.0.1:9').read('a.bin').catch(({ code }) => console.log(code));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
      env: process.env,
    });
    expect(output.trim()).toBe(busy.code);
  });
});

it('lists more than one page', async () => {
  for (let start = 0; start < 1010; start += 101) {
    const keys = Array.from({ length: 101 }, (_, i) => `many/${start + i}.bin`);
    await Promise.all(keys.map((key) => storage.write(key, Buffer.alloc(1))));
  }
  const found = new Set<string>();
  for await (const { key } of storage.list('many/')) found.add(key);
  expect(found.size).toBe(1010);
});
