import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { DEFAULT_HTTP_LIMITS, type HttpLimits } from '../../../src/api/http/http-limits.js';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { MULTIPART_TYPE, multipartBody, operationParts } from '../../support/clients/multipart-body.js';
import { SlowClient } from '../../support/clients/slow-client.js';
import { eventually } from '../../support/eventually.js';
import { openFilesIn } from '../../support/servers/processes.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

const HEAD = 'POST /graphql HTTP/1.1\r\nHost: x\r\n';
const JSON_BODY = `${HEAD}Content-Type: application/json\r\nContent-Length: 50000\r\n\r\n{"query":"`;
const UPLOAD = 'mutation ($file: Upload!) { uploadImage(file: $file) { id } }';
const PROCESS = 'mutation ($input: ProcessImageInput!) { processImage(input: $input) { url } }';

let app: TestApp;
let slow: SlowClient[] = [];
afterEach(async () => {
  for (const client of slow) client.end();
  slow = [];
  await app.close();
});

async function start(limits: Partial<HttpLimits>): Promise<void> {
  app = await startTestApp({}, { httpLimits: { ...DEFAULT_HTTP_LIMITS, ...limits } });
}

async function connectSlowly(count: number, beginning: string, dribbleMs?: number): Promise<void> {
  for (let i = 0; i < count; i++) slow.push(await SlowClient.connect(app.url, beginning, dribbleMs));
}

/** The start of an upload that never ends. */
function uploadOf({ token }: GraphQLClient): string {
  const parts = [
    ...operationParts(UPLOAD, { file: null }, { 0: ['variables.file'] }),
    { name: '0', filename: 'a', body: 'GIF89a' },
  ];
  const headers = `Authorization: Bearer ${token}\r\nApollo-Require-Preflight: 1\r\nContent-Type: ${MULTIPART_TYPE}`;
  return `${HEAD}${headers}\r\nContent-Length: 5000000\r\n\r\n${multipartBody(parts, true).toString('latin1')}`;
}

/** An image of noise, which does not compress, larger than the buffers of the network. */
async function hugeImage(): Promise<Buffer> {
  const raw = { width: 2400, height: 2400, channels: 3 } as const;
  return sharp(randomBytes(raw.width * raw.height * raw.channels), { raw })
    .png({ compressionLevel: 0 })
    .toBuffer();
}

describe('five hundred silent or slow connections', () => {
  it('do not delay other clients', async () => {
    await start({ headersTimeoutMs: 600_000, bodyIntervalMs: 600_000 });
    await connectSlowly(150, '');
    await connectSlowly(150, `${HEAD}X-Slow: `, 500);
    await connectSlowly(200, JSON_BODY, 500);
    const other = await app.signedIn();
    const image = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    for (let i = 0; i < 10; i++) {
      const { id } = await other.upload(image);
      const input = { imageId: id, engine: 'SHARP', operations: [{ grayscale: true }] };
      const { processImage } = await other.get(PROCESS, { input });
      expect((await fetch(processImage.url)).status).toBe(200);
      expect((await fetch(`${app.url}/health`)).status).toBe(200);
    }
    expect(slow.filter(({ pending }) => pending)).toHaveLength(500);
  });
});

describe('a client that sends too slowly', () => {
  it('is answered 408, or disconnected', async () => {
    await start({ headersTimeoutMs: 2_000, bodyIntervalMs: 3_000 });
    const ada = await app.signedIn();
    await connectSlowly(5, '');
    await connectSlowly(5, `${HEAD}X-Slow: `, 500);
    await connectSlowly(5, JSON_BODY, 500);
    await connectSlowly(5, uploadOf(ada), 500);
    await Promise.all(slow.map(({ closed }) => closed));
    const [silent, dribbling] = [slow.slice(0, 5), slow.slice(5)];
    for (const { answer } of silent) expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    // A byte that arrives after the answer makes TCP reset the connection, and the answer is lost.
    for (const { answer } of dribbling) expect(answer).toMatch(/^(?:HTTP\/1\.1 408 .*)?$/s);
    expect(dribbling.some(({ answer }) => answer !== '')).toBe(true);
    // Its uploads have ended and leave no file.
    await eventually(async () => (await app.fileSizes('.incoming')).length === 0);
    expect(app.log.filter(({ msg }) => msg === 'unexpected error')).toEqual([]);
  });
});

describe('a client that does not read its download', () => {
  it('is disconnected, and others get theirs meanwhile', async () => {
    await start({ stalledMs: 8_000 });
    const ada = await app.signedIn();
    const image = await hugeImage();
    const { url } = await ada.upload(image);
    const { pathname, search } = new URL(url);
    const readers = Array.from({ length: 20 }, async () => {
      const client = await SlowClient.connect(app.url);
      client.socket.pause();
      client.socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: x\r\n\r\n`);
      return client;
    });
    slow = await Promise.all(readers);
    for (let i = 0; i < 3; i++) expect((await (await fetch(url)).bytes()).length).toBe(image.length);
    // Its file is closed with it. The client notices when it reads again.
    await eventually(async () => (await openFilesIn(app.mediaDir, process.pid)).length === 0);
    for (const { socket } of slow) socket.resume();
    await Promise.all(slow.map(({ closed }) => closed));
    for (const { answer } of slow) {
      expect(answer).toMatch(/^HTTP\/1\.1 200 /);
      expect(answer.length).toBeLessThan(image.length);
    }
  });
});
