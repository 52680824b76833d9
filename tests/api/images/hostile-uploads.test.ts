import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { photoLikeJpeg } from '../../../src/benchmark/measure/photo-like.js';
import { codeOf, type GraphQLAnswer, type GraphQLClient } from '../../support/clients/graphql-client.js';
import {
  beginRequest,
  MULTIPART_TYPE,
  multipartBody,
  operationParts,
  type Part,
} from '../../support/clients/multipart-body.js';

import { eventually, readUntil } from '../../support/eventually.js';

import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

const ONE = 'mutation ($file: Upload!) { uploadImage(file: $file) { id filename url } }';
const MANY = 'mutation ($files: [Upload!]!) { uploadImages(files: $files) { id } }';
const file = { name: '0', filename: 'a' };

let app: TestApp;
let ada: GraphQLClient;
let image: Buffer;
beforeAll(async () => {
  app = await startTestApp({ userQuotaBytes: 1_000_000 });
  ada = await app.signedIn();
  image = Buffer.from(await photoLikeJpeg(1, 32, 24));
});
afterAll(() => app.close());

const headers = () => ({
  ...ada.authorization(),
  'content-type': MULTIPART_TYPE,
  'apollo-require-preflight': '1',
});
const stored = async () => [
  ...(await readdir(join(app.mediaDir, 'images')).catch(() => [])),
  ...(await readdir(join(app.mediaDir, '.incoming')).catch(() => [])),
];

const isPartial = (name: string): boolean => name.endsWith('.partial');

async function send(parts: Part[], changed: Record<string, string> = {}): Promise<GraphQLAnswer<never>> {
  const init = {
    method: 'POST',
    headers: { ...headers(), ...changed },
    body: new Uint8Array(multipartBody(parts)),
  };
  return (await fetch(`${app.url}/graphql`, init)).json() as Promise<GraphQLAnswer<never>>;
}

const one = (map: Record<string, string[]>) => operationParts(ONE, { file: null }, map);
const whole = () => ({ ...file, body: image });

describe('an upload', () => {
  const many = (count: number) => {
    const paths = Array.from({ length: count }, (_, index) => `variables.files.${index}`);
    return operationParts(MANY, { files: new Array(count).fill(null) }, { 0: paths });
  };
  it.each<[string, () => Part[]]>([
    ['puts one part into many places', () => [...many(400), whole()]],
    ['promises a part and does not send it', () => one({ 0: ['variables.file'] })],
    ['has no operation', () => [whole()]],
    ['has no map', () => [{ name: 'operations', body: '{}' }, whole()]],
    ['has an operation that is no JSON', () => [{ name: 'operations', body: '{' }]],
    ['maps a part out of the request', () => [...one({ 0: ['variables.file.x.y'] }), whole()]],
    ['maps a part onto a prototype', () => [...one({ 0: ['variables.__proto__.polluted'] }), whole()]],
    [
      'maps a part to a list of billions',
      () => [...operationParts(MANY, { files: [] }, { 0: ['variables.files.4294967294'] }), whole()],
    ],
    [
      'names its file with control characters',
      () => [...one({ 0: ['variables.file'] }), { ...whole(), filename: 'a\0\r\nX: y' }],
    ],
  ])('is refused, leaves nothing and logs no error when it %s', async (_what, parts) => {
    const before = await stored();
    const lines = app.log.length;
    expect(codeOf(await send(parts()))).toBe('BAD_USER_INPUT');
    expect(await stored()).toEqual(before);
    expect(app.log.slice(lines).filter(({ msg }) => msg === 'unexpected error')).toEqual([]);
    expect({}).not.toHaveProperty('polluted');
  });

  it('is refused without a boundary', async () => {
    expect(codeOf(await send(one({}), { 'content-type': 'multipart/form-data' }))).toBe('BAD_USER_INPUT');
  });

  it.each([
    ['a path', '../../etc/passwd'],
    ['a path of Windows', '..\\..\\boot.ini'],
    ['text that runs backwards', '\u202egnp.exe'],
    ['4 KB', 'x'.repeat(4096)],
    ['a header', "a%22; filename*=UTF-8''b"],
  ])('can be named by %s, which is shown made harmless and never used as a path', async (_what, filename) => {
    const { uploadImage } = (await send([...one({ 0: ['variables.file'] }), { ...whole(), filename }]))
      .data as never as { uploadImage: { id: string; filename: string; url: string } };
    expect(uploadImage.filename).toMatch(/^[^/\\\p{Cc}\p{Cf}]{1,255}$/u);
    expect(await stored()).toContain(uploadImage.id);
    const disposition = (await fetch(uploadImage.url)).headers.get('content-disposition');
    expect(disposition).toMatch(
      /^inline; filename=(?:"(?:[^"\\]|\\.)*"|[\w.%-]+)(?:; filename\*=UTF-8''[\w.%!#$&+^`|~-]+)?$/,
    );
  });
});

describe('uploads at the same time', () => {
  it('are limited for each user', async () => {
    const begun = multipartBody(
      [...operationParts(ONE, { file: null }, { 0: ['variables.file'] }), { ...file, body: image }],
      true,
    );
    const asking = { ...headers(), expect: '100-continue' };
    const sockets = await Promise.all(
      Array.from({ length: 8 }, () => beginRequest(app.url, asking, begun, 1_000_000)),
    );
    // The server has started to read all of them once it has answered each with 100 Continue.
    await Promise.all(sockets.map((socket) => once(socket, 'data')));
    const before = await stored();
    /** Answer to a request that is refused for its content at the latest. */
    const probe = async () => (await send([whole()])).errors?.[0]?.extensions;
    const refusal = await readUntil(probe, (extensions) => extensions?.code === 'LIMIT_EXCEEDED');
    expect(refusal).toEqual({ code: 'LIMIT_EXCEEDED', limit: 'maxUploadsAtOnce', value: 8, asked: 9 });
    const { id } = await (await app.signedIn()).upload(image);

    for (const socket of sockets) socket.destroy();
    await eventually(async () => (await probe())?.code !== 'LIMIT_EXCEEDED');
    await eventually(async () => !(await stored()).some(isPartial));
    expect(new Set(await stored())).toEqual(new Set([...before.filter((name) => !isPartial(name)), id]));
  });

  it('do not exceed the quota together', async () => {
    const small = await startTestApp({ userQuotaBytes: 3 * image.length });
    const client = await small.signedIn();
    const answers = await Promise.all(
      Array.from({ length: 6 }, () =>
        client.send(ONE, { file: null }, { 'variables.file': { name: 'a', bytes: image } }),
      ),
    );
    const refusals = answers.filter(({ errors }) => errors);
    expect(refusals).toHaveLength(3);
    for (const refusal of refusals) {
      const { code, limit, value, asked } = refusal.errors?.[0]?.extensions ?? {};
      expect([code, limit, value]).toEqual(['LIMIT_EXCEEDED', 'userQuotaBytes', 3 * image.length]);
      expect(asked).toBeGreaterThanOrEqual(3 * image.length);
    }
    expect(await readdir(join(small.mediaDir, 'images'))).toHaveLength(3);
    await small.close();
  });
});

describe('the body of a refused upload', () => {
  it('is answered before its end is read; then the connection is closed', async () => {
    const socket = await beginRequest(app.url, { 'Content-Type': MULTIPART_TYPE }, Buffer.from('--'), 1e12);
    const closed = once(socket, 'close');
    let answer = '';
    socket.on('data', (text) => {
      answer += text;
    });
    await eventually(() => answer.includes('UNAUTHENTICATED'));
    expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    await closed;
  });

  it('is not read when the quota has no room for it', async () => {
    const begun = multipartBody([...one({ 0: ['variables.file'] }), whole()], true);
    const socket = await beginRequest(app.url, headers(), begun, 2_000_000);
    const closed = once(socket, 'close');
    let answer = '';
    socket.on('data', (text) => {
      answer += text;
    });
    await eventually(() => answer.includes('userQuotaBytes'));
    expect(answer).toMatch(/^HTTP\/1\.1 422 .*"code":"LIMIT_EXCEEDED"/s);
    await closed;
  });
});
