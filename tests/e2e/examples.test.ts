import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { photoLikeJpeg } from '../../src/benchmark/measure/photo-like.js';
import { launchBrowser, newContext } from '../support/clients/browser.js';
import { ServerProcess } from '../support/servers/server-process.js';

const examples = fileURLToPath(new URL('../../../examples/', import.meta.url));
const TYPES: Record<string, string> = { '/index.html': 'text/html', '/main.js': 'text/javascript' };

/** Machines that have Node alone, such as the image of the Dockerfile's test stage, skip the other languages. */
const isInstalled = (command: string): boolean => spawnSync(command, ['--version']).status === 0;

describe('the examples', () => {
  let folder: string;
  let photo: string;
  let pages: Server;
  let origin: string;
  let server: ServerProcess;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'examples-test-'));
    // A name that headers have to encode.
    photo = join(folder, 'größe "1".jpg');
    await writeFile(photo, await photoLikeJpeg(1, 640, 360));
    pages = createServer(async ({ url = '' }, response) => {
      const type = TYPES[url];
      if (!type) return response.writeHead(404).end();
      response.setHeader('Content-Type', type).end(await readFile(join(examples, 'browser', url)));
    });
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
    origin = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
    server = await ServerProcess.start({ ALLOWED_ORIGINS: origin });
  });
  afterAll(async () => {
    pages.close();
    await server.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const PROGRAMS: [name: string, needs: string[], ...command: string[]][] = [
    ['curl', ['curl', 'jq', 'bash'], join(examples, 'curl.sh')],
    ['Node', [], process.execPath, join(examples, 'node.mjs')],
    ['Python', ['python3'], 'python3', join(examples, 'python.py')],
  ];
  for (const [name, needs, file = '', ...args] of PROGRAMS)
    (needs.every(isInstalled) ? it : it.skip)(`${name} runs the whole example`, async () => {
      const result = join(folder, `${name}.webp`);
      const { stdout, stderr } = await promisify(execFile)(file, [...args, photo, result], {
        env: { PATH: process.env.PATH, NOGIL_URL: server.url },
      });
      expect(stderr).toBe('');
      expect(stdout).toMatch(/^Uploaded 640x360\nProcessed to 400x300\n(Job \w+: \d of 1\n)+Signed in as /);
      expect(stdout).toMatch(/^Job COMPLETED: 1 of 1$/m);
      expect(await sharp(result).metadata()).toMatchObject({ format: 'webp', width: 400, height: 300 });
    });

  it('the web page runs the whole example and shows the result', async () => {
    const browser = await launchBrowser();
    try {
      const page = await (await newContext(browser)).newPage();
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
      await page.goto(`${origin}/index.html`);
      await page.getByLabel('Server').fill(server.url);
      await page.getByLabel('E-mail').fill('page@example.com');
      await page.getByLabel('Password').fill('correct horse battery');
      await page.getByLabel('Photo').setInputFiles(photo);
      await page.getByRole('button', { name: 'Register' }).click();
      await page.getByText(/^(Shown|Failed): /).waitFor();
      const log = await page.locator('#log li').allTextContents();
      expect(log.at(0)).toBe('Uploaded 640x360');
      expect(log).toContain('Job COMPLETED: 1 of 1');
      expect(log.slice(-2)).toEqual(['Signed in as page@example.com', 'Shown: 400x300']);
      expect(problems).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
