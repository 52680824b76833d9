import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
import { photoLikeJpeg } from '../../../src/benchmark/measure/photo-like.js';
import { launchBrowser, newContext } from '../../support/clients/browser.js';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { checkKeyboard } from '../../support/clients/keyboard-checks.js';
import { checkScreen } from '../../support/clients/screen-checks.js';
import { untilSaid } from '../../support/clients/status-log.js';
import { type DroppedFile, dropFiles, signUp } from '../../support/clients/web-user.js';
import { eventually, untilPasses } from '../../support/eventually.js';
import { FAULT_SERVER } from '../../support/servers/programs.js';
import { ServerProcess } from '../../support/servers/server-process.js';

const MAX_UPLOAD_BYTES = 500_000;
/** Uploads that run at the same time. */
const PARALLEL = 3;
/** A deletion is sent after this. */
const UNDO_MS = 5_000;
/** A sign-out waits this long for deletions. */
const SIGN_OUT_MS = 5_000;
/** Counts in the page: events of the browser's network reach a test after the page has sent the next file. */
const COUNT_UPLOADS = `
  globalThis.uploads = { sent: 0, running: 0, most: 0 };
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function (body) {
    uploads.sent++;
    uploads.most = Math.max(uploads.most, ++uploads.running);
    this.addEventListener('readystatechange', () => this.readyState === XMLHttpRequest.DONE && uploads.running--);
    send.call(this, body);
  };
`;

/** Notes every share that the progress of an upload shows, however late the test asks for it. */
const NOTE_SHARES = `
  globalThis.shares = [];
  new MutationObserver(() => {
    const progress = document.querySelector('li progress');
    if (progress) shares.push(progress.value);
  }).observe(document, { subtree: true, childList: true, attributes: true });
`;

describe('the screens of the web app', () => {
  let browser: Browser;
  let server: ServerProcess;
  let context: BrowserContext;
  let page: Page;
  let client: GraphQLClient;
  let photo: Uint8Array;

  beforeAll(async () => {
    [browser, server] = await Promise.all([
      launchBrowser(),
      // Each test signs in; this server hashes passwords at a low cost.
      ServerProcess.start({ MAX_UPLOAD_BYTES: String(MAX_UPLOAD_BYTES) }, 'main', FAULT_SERVER),
    ]);
    photo = await photoLikeJpeg(1, 320, 240);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });
  beforeEach(async () => {
    context = await newContext(browser);
    client = await signUp(context, server.url);
    page = await context.newPage();
  });
  afterEach(() => context?.close());

  const button = (name: string | RegExp) =>
    page.getByRole('button', { name, exact: typeof name === 'string' });
  const tiles = () => page.getByRole('list', { name: 'Images' }).getByRole('link');
  const open = async (path: string) => {
    await page.goto(`${server.url}${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
  };
  const uploadMany = async (count: number): Promise<string[]> => {
    const images = await Promise.all(
      Array.from({ length: count }, (_, n) => client.upload(photo, `${n}.jpg`)),
    );
    return images.map(({ id }) => id);
  };
  const imageCount = async (): Promise<number> =>
    (await client.get('{ me { usage { imageCount } } }')).me.usage.imageCount;

  describe('uploads of files that are dropped together', () => {
    const refused: readonly [name: string, bytes: Uint8Array, reason: RegExp][] = [
      ['notes.txt', Buffer.from('no image'), /formats: JPEG.* Choose another file/],
      ['empty.jpg', Buffer.alloc(0), /The file is empty/],
      ['large.jpg', Buffer.alloc(MAX_UPLOAD_BYTES + 1, 0xff), /Choose a smaller file/],
      ['cut.png', Buffer.from('iVBORw0KGgoAAAANSUhEUgAA', 'base64'), /PNG/],
    ];

    it('run three at a time, and each refusal has its reason', async () => {
      const good = Array.from({ length: 20 }, (_, n): DroppedFile => ({ name: `${n}.jpg`, bytes: photo }));
      const bad = refused.map(([name, bytes]) => ({ name, bytes }));
      await page.addInitScript(COUNT_UPLOADS);
      await open('/images');
      await dropFiles(page, [...good, ...bad]);
      await tiles()
        .nth(good.length - 1)
        .waitFor();
      for (const [name, , reason] of refused) {
        const row = page.getByRole('listitem').filter({ hasText: name });
        await row.getByText(reason).waitFor();
      }
      await untilPasses(async () =>
        expect(await page.evaluate('uploads')).toEqual({
          sent: good.length + bad.length,
          running: 0,
          most: PARALLEL,
        }),
      );
      await page.getByText(`${bad.length} files refused`).waitFor();
      await checkScreen(page);
      await button('Dismiss all').click();
      await page.getByRole('region', { name: 'Uploads' }).waitFor({ state: 'detached' });
      expect(await imageCount()).toBe(good.length);
    });

    it('show how much has been sent', async () => {
      const noise = Buffer.alloc(200 * 200 * 3).map(() => Math.random() * 256);
      const bytes = await sharp(noise, { raw: { width: 200, height: 200, channels: 3 } })
        .png()
        .toBuffer();
      const network = await context.newCDPSession(page);
      await page.addInitScript(NOTE_SHARES);
      await open('/images');
      const limitUploads = (uploadThroughput: number) => {
        const conditions = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput };
        return network.send('Network.emulateNetworkConditions', conditions);
      };
      // Slow until a part has been sent, so that the page shows one however late it is drawn.
      await limitUploads(10_000);
      await dropFiles(page, [{ name: 'noise.png', bytes }]);
      await eventually(async () => {
        const shares = (await page.evaluate('shares')) as number[];
        return shares.some((share) => share > 0 && share < 1);
      });
      await limitUploads(-1);
      await tiles().first().waitFor();
    });
  });

  describe('a deletion that can still be undone', () => {
    beforeEach(async () => {
      await uploadMany(2);
      await page.clock.install();
      await open('/images');
      await page.getByRole('checkbox').first().check();
      // The time for an undo never ends here.
      await page.clock.pauseAt(Date.now() + 600_000);
      await button('Delete').click();
      await page.getByText('1 image deleted.').waitFor();
      await untilPasses(async () => expect(await tiles().count()).toBe(1));
      expect(await imageCount()).toBe(2);
    });

    it('is undone', async () => {
      await button('Undo').click();
      await untilPasses(async () => expect(await tiles().count()).toBe(2));
      await page.getByText('1 image deleted.').waitFor({ state: 'detached' });
      await page.clock.fastForward(UNDO_MS);
      await page.clock.resume();
      await page.reload();
      await untilPasses(async () => expect(await tiles().count()).toBe(2));
      expect(await imageCount()).toBe(2);
    });

    it('is sent when the page is closed', async () => {
      await page.goto('about:blank');
      await eventually(async () => (await imageCount()) === 1);
    });

    it('is sent before the user is signed out', async () => {
      await button('Sign out').click();
      await page.getByLabel('E-mail address').waitFor();
      expect(await imageCount()).toBe(1);
    });

    it('does not keep the user signed in when it is never answered', async () => {
      const sent = Promise.withResolvers<void>();
      await page.route('**/graphql', () => sent.resolve());
      await button('Sign out').click();
      await sent.promise;
      await page.clock.fastForward(SIGN_OUT_MS);
      await page.getByLabel('E-mail address').waitFor();
    });
  });

  it('a page asks again for what a cut connection has lost', async () => {
    const [id] = await uploadMany(1);
    const input = { imageIds: [id], operations: [{ resize: { width: 8 } }] };
    const create = 'mutation ($input: CreateBatchJobInput!) { createBatchJob(input: $input) { id } }';
    const { createBatchJob } = await client.get(create, { input });
    await eventually(async () => (await imageCount()) === 2);
    let cut = 0;
    await page.route('**/graphql', (route) => {
      const isLost = route.request().postData()?.includes('query Job(') === true && cut++ < 2;
      return isLost ? route.abort('connectionreset') : route.continue();
    });
    await open(`/jobs/${createBatchJob.id}`);
    await page.getByRole('link', { name: 'Download zip', exact: true }).waitFor();
  });

  describe('by the keyboard alone, every control is reached, and its focus is seen:', () => {
    it('sign-in', async () => {
      await context.clearCookies();
      await page.goto(server.url);
      await page.getByLabel('E-mail address').waitFor();
      await checkKeyboard(page);
    });

    it('images, without any and selected', async () => {
      await open('/images');
      await button('Add sample photos').waitFor();
      await checkKeyboard(page);
      await uploadMany(3);
      await open('/images');
      await page.getByRole('checkbox').first().check();
      await checkKeyboard(page);
    });

    it('editor, with steps', async () => {
      const [id] = await uploadMany(1);
      await open(`/images/${id}`);
      for (const name of ['Watermark', 'Blur']) await button(name).click();
      await page.getByText(/PSNR: /).waitFor();
      await checkKeyboard(page);
    });

    it('jobs, and a job with failures', async () => {
      const ids = await uploadMany(3);
      const input = { imageIds: ids, operations: [{ resize: { width: 8 } }] };
      const create = 'mutation ($input: CreateBatchJobInput!) { createBatchJob(input: $input) { id } }';
      const { createBatchJob } = await client.get(create, { input });
      await open('/jobs');
      await page.getByText('3 images').waitFor();
      await checkKeyboard(page);
      await open(`/jobs/${createBatchJob.id}`);
      await page.getByRole('link', { name: 'Download zip', exact: true }).waitFor();
      await checkKeyboard(page);
    });

    it('account, with its deletion asked for', async () => {
      await open('/account');
      await button('Delete account …').click();
      await page.getByText('This session').waitFor();
      await checkKeyboard(page);
    });

    it('a dialog, which keeps the focus and returns it', async () => {
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      await uploadMany(1);
      await open('/images');
      await tiles().first().waitFor();
      await button('Copy as code').focus();
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      await checkKeyboard(page);
      await checkScreen(page);
      await button('Copy').click();
      await untilSaid(page, 'Copied.');
      expect(await page.evaluate('navigator.clipboard.readText()')).toContain('images(first: 48)');
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'hidden' });
      await untilPasses(async () =>
        expect(await page.evaluate('document.activeElement.textContent')).toBe('Copy as code'),
      );
    });
  });
});
