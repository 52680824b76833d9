import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, newContext } from '../support/clients/browser.js';
import { ONE_PIXEL_PNG } from '../support/images/one-pixel.js';
import { ServerProcess } from '../support/servers/server-process.js';

describe('the playground, in a browser', () => {
  let browser: Browser;
  let server: ServerProcess;
  let page: Page;
  const requested: URL[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
    server = await ServerProcess.start();
    page = await (await newContext(browser)).newPage();
    page.on('request', (request) => requested.push(new URL(request.url())));
    page.on('websocket', (socket) => requested.push(new URL(socket.url())));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(`${server.url}/playground`);
  });

  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  /** Opens an example, sends it, and waits until its result holds the text. */
  async function run(example: string, expected: string): Promise<void> {
    await page.locator('.window-switcher__item', { hasText: example }).click();
    await page.getByRole('button', { name: 'Send Request' }).click();
    await page.locator('app-query-result:visible', { hasText: expected }).waitFor();
  }

  it('opens on the first example', async () => {
    await page.locator('.window-switcher__item--active', { hasText: '1 Register' }).waitFor();
  });

  it('signs in and remembers the token for the other examples', async () => {
    await run('1 Register', 'accessToken');
    await run('5 Images', 'totalCount');
  });

  it('uploads a file, and works on it', async () => {
    await page.locator('.window-switcher__item', { hasText: '3 Upload' }).click();
    await page.getByText('Variables', { exact: true }).click();
    await page.getByText('Add files', { exact: true }).click();
    await page
      .locator('input.variables-file-item-input')
      .setInputFiles({ name: 'dot.png', mimeType: 'image/png', buffer: ONE_PIXEL_PNG });
    await run('3 Upload', 'dot.png');
    await run('4 Process', 'durationMs');
    await run('6 Save preset', 'RESIZE');
    await run('7 Variants', '/media/variants/');
  });

  it('follows a job over the WebSocket until it has ended', async () => {
    await run('8 Batch job', 'QUEUED');
    await run('9 Job progress', 'COMPLETED');
    expect(requested.filter(({ protocol }) => protocol === 'ws:').length).toBeGreaterThan(0);
  });

  it('requests nothing of other hosts, and violates no content policy', () => {
    const { host } = new URL(server.url);
    expect(requested.filter((url) => url.host !== host && url.protocol !== 'data:')).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
