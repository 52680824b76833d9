import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { photoLikeJpeg } from '../../src/benchmark/measure/photo-like.js';
import { RawSocket } from '../support/clients/raw-socket.js';
import { SlowClient } from '../support/clients/slow-client.js';
import { eventually } from '../support/eventually.js';
import { hold, release } from '../support/servers/faults/hold.js';
import { descendantsOf, isAlive } from '../support/servers/processes.js';
import { FAULT_SERVER } from '../support/servers/programs.js';
import { ServerProcess } from '../support/servers/server-process.js';

const PROCESS = `mutation ($input: ProcessImageInput!) {
  processImage(input: $input) { id format width height engine url }
}`;

describe('the compiled server', () => {
  let server: ServerProcess;
  beforeAll(async () => {
    server = await ServerProcess.start();
  });
  afterAll(() => server.dispose());

  it('accepts a photo and returns the result of each engine', async () => {
    const client = server.client();
    await client.register();
    const { id } = await client.upload(await photoLikeJpeg(1, 320, 180), 'photo.jpg');
    for (const engine of ['SHARP', 'JIMP']) {
      const operations = [
        { resize: { width: 160 } },
        { rotate: { degrees: 90 } },
        { convert: { format: 'PNG' } },
      ];
      const { processImage } = await client.get(PROCESS, { input: { imageId: id, operations, engine } });
      expect(processImage).toMatchObject({ format: 'PNG', width: 90, height: 160, engine });
      const bytes = Buffer.from(await (await fetch(processImage.url)).arrayBuffer());
      expect(await sharp(bytes).metadata()).toMatchObject({ format: 'png', width: 90, height: 160 });
    }
  });

  it('keeps its secret to itself and its accounts over a restart', async () => {
    const client = server.client();
    const { user } = await client.register();
    const secret = join(server.folder, 'data', 'jwt-secret');
    expect((await stat(secret)).mode & 0o777).toBe(0o600);
    expect(await readFile(secret, 'utf8')).toMatch(/^\S{64}$/);

    expect(await server.end()).toBe(0);
    await server.start();
    const again = server.client();
    again.token = client.token;
    expect((await again.get('{ me { id } }')).me.id).toBe(user.id);
  });

  it('answers the liveness and readiness probes', async () => {
    for (const path of ['/health', '/ready']) expect((await fetch(server.url + path)).status).toBe(200);
  });

  it('leads a browser from the API to the playground', async () => {
    const response = await fetch(`${server.url}/graphql`, {
      headers: { accept: 'text/html,*/*;q=0.8' },
      redirect: 'manual',
    });
    expect([response.status, response.headers.get('location')]).toEqual([302, '/playground']);
  });

  it('removes at its start only files that a crash has left', async () => {
    const client = server.client();
    await client.register();
    const { id } = await client.upload(await photoLikeJpeg(2, 64, 48));
    const media = join(server.folder, 'media');
    await server.end('SIGKILL');
    await mkdir(join(media, '.incoming'), { recursive: true });
    await writeFile(join(media, '.incoming', `${crypto.randomUUID()}.partial`), 'half');
    await writeFile(join(media, 'images', crypto.randomUUID()), 'a file whose row was never written');
    for (const name of ['my holiday.jpg', 'images/cat.jpg']) await writeFile(join(media, name), 'not ours');
    await server.start();

    expect(await readdir(join(media, 'images'))).toContain(id);
    expect(await readdir(join(media, '.incoming'))).toEqual([]);
    expect(await readdir(media)).toContain('my holiday.jpg');
    // One upload and its two results of the first test, this test's upload, and the cat.
    expect(await readdir(join(media, 'images'))).toHaveLength(5);
  });

  it('finishes running work before it stops, and leaves no process', async () => {
    await server.end();
    await server.start({}, FAULT_SERVER);
    const client = server.client();
    await client.register();
    const { id } = await client.upload(await photoLikeJpeg(3, 64, 48));
    const family = await descendantsOf(server.pid);
    expect(family).not.toHaveLength(0);
    const images = join(server.folder, 'media', 'images');
    const before = await readdir(images);
    await hold(server.folder, 'RESULTS', 0);
    const operations = [{ grayscale: true }];
    const running = client.get(PROCESS, { input: { imageId: id, engine: 'JIMP', operations } });
    await eventually(async () => (await readdir(images)).length > before.length);
    const drainings = () => server.output.split('"draining"').length - 1;
    const drained = drainings();
    const exit = server.end('SIGINT');
    await eventually(() => drainings() > drained);
    // npm passes on a second SIGINT; an impatient user sends SIGTERM.
    for (const signal of ['SIGINT', 'SIGTERM'] as const) server.signal(signal);
    await release(server.folder, 'RESULTS');
    expect((await running).processImage.engine).toBe('JIMP');
    expect(await exit).toBe(0);
    expect(drainings()).toBe(drained + 1);
    for (const pid of family) await eventually(() => !isAlive(pid));
  });
});

describe('a server with slow clients', () => {
  it('cuts them when it stops, and closes all that it has opened', async () => {
    const server = await ServerProcess.start();
    const client = server.client();
    await client.register();
    // More than network buffers hold.
    const raw = { width: 2400, height: 2400, channels: 3 } as const;
    const noise = sharp(randomBytes(raw.width * raw.height * raw.channels), { raw });
    const { url } = await client.upload(await noise.png({ compressionLevel: 0 }).toBuffer());
    const { pathname, search } = new URL(url);
    const download = await SlowClient.connect(server.url);
    download.socket.pause();
    download.socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: x\r\n\r\n`);
    const head = 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99';
    const request = await SlowClient.connect(server.url, `${head}\r\n\r\n{`);
    const socket = await RawSocket.connect(`${server.url.replace('http', 'ws')}/graphql`);
    socket.socket.pause();
    // The server has read the bytes before it.
    await client.get('{ me { id } }');
    expect(await server.end()).toBe(0);
    for (const slow of [download, request]) slow.end();
    socket.socket.terminate();
    await server.dispose();
  });
});

describe('a server whose port is in use', () => {
  it('does not start, and names the setting', async () => {
    const server = await ServerProcess.start();
    const { port } = new URL(server.url);
    const error = await ServerProcess.start({ PORT: port }).catch((refusal) => refusal);
    expect(error.message).toMatch(
      new RegExp(`exit 1: .*PORT: port ${port} of .* is used by another program`, 's'),
    );
    expect(error.message).not.toMatch(/^ +at /m);
    await server.dispose();
  });
});

describe('a server with wrong settings', () => {
  it('does not start, and names every invalid setting', async () => {
    const start = ServerProcess.start({ PORT: 'http', MAX_PIXELS: '-1', DATABASE_URL: 'oracle://x' });
    await expect(start).rejects.toThrow(/exit 1: PORT: .*DATABASE_URL: .*MAX_PIXELS: /s);
  });
});
