import { once } from 'node:events';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { removeLeftOverBuffers, UploadBuffers } from '../../../src/api/images/upload-buffers.js';
import type { GraphQLAnswer, GraphQLClient } from '../../support/clients/graphql-client.js';
import {
  beginRequest,
  MULTIPART_TYPE,
  multipartBody,
  operationParts,
  type Part,
} from '../../support/clients/multipart-body.js';
import { eventually } from '../../support/eventually.js';
import { ONE_PIXEL_PNG } from '../../support/images/one-pixel.js';
import { openFilesIn } from '../../support/servers/processes.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

const ONE = 'mutation ($file: Upload!) { uploadImage(file: $file) { id } }';
const TWO = 'mutation ($files: [Upload!]!) { uploadImages(files: $files) { id } }';
const MAX_BYTES = 10_000;

let app: TestApp;
let ada: GraphQLClient;
beforeAll(async () => {
  app = await startTestApp({ maxUploadBytes: MAX_BYTES, maxUploadFiles: 3 });
  ada = await app.signedIn();
});
afterAll(() => app.close());

const headers = () => ({
  ...ada.authorization(),
  'content-type': MULTIPART_TYPE,
  'apollo-require-preflight': '1',
});

const foldersOfThisProcess = async (): Promise<string[]> =>
  (await readdir(tmpdir()))
    .filter((name) => name.startsWith(`nogil-bench-uploads-${process.pid}-`))
    .map((name) => join(tmpdir(), name));

/** Temporary files of uploads, and descriptors of them. */
async function buffered(): Promise<string[]> {
  const found: string[] = [];
  for (const folder of await foldersOfThisProcess()) {
    found.push(...(await readdir(folder).catch(() => [])), ...(await openFilesIn(folder, process.pid)));
  }
  return found;
}

async function send(body: Uint8Array): Promise<{ status: number; answer: GraphQLAnswer<unknown> }> {
  const init = { method: 'POST', headers: headers(), body: new Uint8Array(body) };
  const response = await fetch(`${app.url}/graphql`, init);
  return { status: response.status, answer: (await response.json()) as GraphQLAnswer<unknown> };
}

const file = (name: string, body: string | Uint8Array = ONE_PIXEL_PNG): Part => ({
  name,
  filename: 'a.png',
  body,
});
const one = operationParts(ONE, { file: null }, { 0: ['variables.file'] });
const [operations, map] = one as [Part, Part];
const large = Buffer.alloc(MAX_BYTES + 1);
const threeFiles = [file('0'), file('x'), file('y'), file('z')];
const withMap = (json: string): Part[] => [operations, { name: 'map', body: json }, file('0')];

describe('a multipart request', () => {
  it.each<[string, number, RegExp, () => Uint8Array]>([
    [
      'a second file of one name',
      400,
      /^0: only one part/,
      () => multipartBody([...one, file('0'), file('0')]),
    ],
    [
      'many files of one name',
      400,
      /^0: only one/,
      () => multipartBody([...one, ...Array(20).fill(file('0'))]),
    ],
    [
      'a second operations field',
      400,
      /^operations: only one/,
      () => multipartBody([operations, ...one, file('0')]),
    ],
    ['a second map', 400, /^map: only one/, () => multipartBody([...one, file('0'), map])],
    [
      'a second map after an unknown field',
      400,
      /^map: only one/,
      () => multipartBody([...one, { name: 'x', body: '' }, map, file('0')]),
    ],
    ['a file named as a field', 400, /^map: only one/, () => multipartBody([...one, file('map')])],
    ['map before operations', 400, /^map: must follow/, () => multipartBody([map, operations, file('0')])],
    ['a file before map', 400, /^0: files must follow/, () => multipartBody([operations, file('0'), map])],
    [
      'operations that are a list',
      400,
      /^operations: must be a JSON object/,
      () => multipartBody([{ name: 'operations', body: '[]' }, map, file('0')]),
    ],
    ['a map that is a list', 400, /^map: must be a JSON object/, () => multipartBody(withMap('[]'))],
    [
      'a map entry that is no list',
      400,
      /^map\.0: must be a list/,
      () => multipartBody(withMap('{"0":"x"}')),
    ],
    [
      'a path to no null',
      400,
      /^map\.0: variables\.other must be null/,
      () => multipartBody(withMap('{"0":["variables.other"]}')),
    ],
    [
      'a path of a prototype',
      400,
      /^map\.0: /,
      () => multipartBody(withMap('{"0":["variables.__proto__.polluted"]}')),
    ],
    ['a missing file', 400, /^file: the file part 0 is missing/, () => multipartBody(one)],
    [
      'no last boundary',
      400,
      /ends before its last boundary/,
      () => multipartBody([...one, file('0')], true),
    ],
    [
      'no last boundary within a file',
      400,
      /ends before its last boundary/,
      () => multipartBody([...one, file('0')], true).subarray(0, -20),
    ],
    [
      'a malformed part',
      400,
      /malformed|ends before/,
      () =>
        Buffer.concat([
          multipartBody([...one, file('0')], true),
          Buffer.from('--boundary\r\nx\0: y\r\n\r\n'),
        ]),
    ],
    [
      'a file beyond the limit',
      413,
      /^file: at most 10000 bytes/,
      () => multipartBody([...one, file('0', large)]),
    ],
    [
      'a second file beyond the limit',
      413,
      /^files\[1\]: at most/,
      () =>
        multipartBody([
          ...operationParts(
            TWO,
            { files: [null, null] },
            { a: ['variables.files.0'], b: ['variables.files.1'] },
          ),
          file('a'),
          file('b', large),
        ]),
    ],
    ['more files than the limit', 413, /^At most 3 files/, () => multipartBody([...one, ...threeFiles])],
    [
      'an operation beyond 100 kB',
      413,
      /^operations: at most/,
      () => multipartBody([{ name: 'operations', body: ' '.repeat(200_000) }, map, file('0')]),
    ],
  ])(
    'with %s is refused and leaves no temporary file or descriptor',
    async (_what, status, message, body) => {
      const logged = app.log.length;
      const { status: sent, answer } = await send(body());
      expect(answer.errors?.[0]?.message).toMatch(message);
      expect(sent).toBe(status);
      await eventually(async () => (await buffered()).length === 0);
      expect(app.log.slice(logged).filter(({ msg }) => msg === 'unexpected error')).toEqual([]);
      expect({}).not.toHaveProperty('polluted');
    },
  );

  it.each<[string, () => Part[]]>([
    ['uses its file', () => [...one, file('0')]],
    [
      'does not use its file',
      () => [...operationParts('{ me { id } }', { file: null }, { 0: ['variables.file'] }), file('0')],
    ],
    ['has a file that map does not name', () => [...one, file('0'), file('other')]],
    ['has a field that is not known', () => [operations, { name: 'x', body: '1' }, map, file('0')]],
    [
      'is no operation of the schema',
      () => [...operationParts('{ nothing }', { file: null }, { 0: ['variables.file'] }), file('0')],
    ],
  ])('that %s leaves no temporary file or descriptor', async (_what, parts) => {
    await send(multipartBody(parts()));
    await eventually(async () => (await buffered()).length === 0);
  });

  it('whose client disconnects leaves no temporary file or descriptor', async () => {
    const body = multipartBody([...one, file('0', 'x'.repeat(5_000))], true);
    const socket = await beginRequest(app.url, headers(), body, 1_000_000);
    await eventually(async () => (await buffered()).length > 0);
    socket.destroy();
    await once(socket, 'close');
    await eventually(async () => (await buffered()).length === 0);
  });
});

describe('temporary files of uploads', () => {
  const DEAD = 4_194_304;

  it('of a killed process are removed, those of running ones stay', async () => {
    const [left, alive] = [DEAD, process.ppid].map((pid) =>
      join(tmpdir(), `nogil-bench-uploads-${pid}-${crypto.randomUUID()}`),
    ) as [string, string];
    const own = new UploadBuffers();
    for (const folder of [left, alive]) await mkdir(folder);
    await writeFile(join(left, 'file'), 'x');
    const before = await foldersOfThisProcess();
    await removeLeftOverBuffers();
    const names = (await readdir(tmpdir())).map((name) => join(tmpdir(), name));
    expect(names).not.toContain(left);
    expect(names).toContain(alive);
    expect(await foldersOfThisProcess()).toEqual(before);
    await rm(alive, { recursive: true });
    await own.close();
  });
});
