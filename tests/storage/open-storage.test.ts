import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { LocalStorage } from '../../src/storage/local.storage.js';
import { openStorage } from '../../src/storage/open-storage.js';
import { canPresign } from '../../src/storage/presigner.js';
import { S3Storage } from '../../src/storage/s3.storage.js';

describe('openStorage', () => {
  it('opens folders and buckets', () => {
    expect(openStorage('file:///var/lib/media')).toBeInstanceOf(LocalStorage);
    expect(openStorage('s3://bucket')).toBeInstanceOf(S3Storage);
    expect(openStorage('s3://bucket/a/b/?endpoint=https://s3.example&region=eu')).toBeInstanceOf(S3Storage);
    expect(canPresign(openStorage('file:///var/lib/media'))).toBe(false);
  });

  it.each([
    ['', 'must be file:'],
    ['media', 'must be file:'],
    ['file:media', 'must be file:'],
    ['file://media', 'must be file:'],
    ['ftp://host/media', 'must be file:'],
    ['s3:///prefix', 'must name a bucket'],
    ['s3://key:secret@bucket', 'must not have credentials'],
    ['s3://bucket/Prefix', 'prefix must consist of'],
    ['s3://bucket/a/.b', 'prefix must consist of'],
    ['s3://bucket?endpoint=localhost:9000', 'endpoint must be'],
    ['s3://bucket?regoin=eu', 'not regoin'],
  ])('refuses %j, saying what is wrong', (url, message) => {
    expect(() => openStorage(url)).toThrow(
      expect.objectContaining({ code: 'BAD_USER_INPUT', message: expect.stringContaining(message) }),
    );
    expect(() => openStorage(url)).not.toThrow(/secret/);
  });

  it('loads no AWS package for a folder', () => {
    const script = `
      import { registerHooks } from 'node:module';
      const loaded = [];
      registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
      const { openStorage } = await import(${JSON.stringify(new URL('../../src/storage/open-storage.js', import.meta.url))});
      await openStorage('file:///tmp').stat('absent');
      console.log(JSON.stringify(loaded));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      encoding: 'utf8',
    });
    const loaded: string[] = JSON.parse(output);
    expect(loaded.some((url) => url.endsWith('/local.storage.js'))).toBe(true);
    expect(loaded.filter((url) => /@aws-sdk|@smithy/.test(url))).toEqual([]);
  });
});
