import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser, newContext } from '../../support/clients/browser.js';
import { type PageLog, watchPage, withoutCuts } from '../../support/clients/page-log.js';
import { checkScreen as checkAnyScreen } from '../../support/clients/screen-checks.js';
import { untilSaid } from '../../support/clients/status-log.js';
import { untilPasses } from '../../support/eventually.js';
import { eachDatabase } from '../../support/servers/database.js';
import { startWebServers, type WebServers } from '../../support/servers/web-servers.js';

const SAMPLES = 8;
const PASSWORD = 'correct horse battery';

eachDatabase('the web app, in a browser', (databases) => {
  let servers: WebServers;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let log: PageLog;
  let url: string;

  beforeAll(async () => {
    servers = await startWebServers(await databases.create());
    url = servers.url;
    browser = await launchBrowser();
    context = await newContext(browser);
    page = await context.newPage();
    log = watchPage(page);
  });
  afterAll(async () => {
    await browser?.close();
    await servers?.dispose();
  });

  /** A screen looks the same whatever the database is. */
  const checkScreen = async (which: Page) => {
    if (databases.kind === 'SQLITE') await checkAnyScreen(which);
  };
  const button = (name: string | RegExp) =>
    page.getByRole('button', { name, exact: typeof name === 'string' });
  const tiles = () => page.getByRole('list', { name: 'Images' }).getByRole('link');

  it('creates an account by the keyboard alone', async () => {
    await page.goto(url);
    await page.getByLabel('E-mail address').waitFor();
    await checkScreen(page);
    await page.getByLabel('E-mail address').focus();
    await page.keyboard.type(`ada-${crypto.randomUUID()}@example.com`);
    await page.keyboard.press('Tab');
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press('Enter');
    await button('Add sample photos').waitFor();
    await untilPasses(async () => expect(await page.title()).toBe('Images · nogil-bench'));
    await checkScreen(page);
  });

  it('adds sample photos, and says why a file is refused', async () => {
    await button('Add sample photos').click();
    await tiles()
      .nth(SAMPLES - 1)
      .waitFor();
    const text = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no image') };
    await page.getByLabel('Files to upload').setInputFiles(text);
    await page.getByText(/Choose another file/).waitFor();
    await checkScreen(page);
    await button('Dismiss').click();
  });

  it('selects with the space bar', async () => {
    await tiles().first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press(' ');
    await page.getByText('1 selected').waitFor();
    await checkScreen(page);
    await button('Clear').click();
    await page.getByText('1 selected').waitFor({ state: 'detached' });
  });

  it('previews by both engines, and keeps the pipeline over a reload', async () => {
    await tiles().first().focus();
    await page.keyboard.press('Enter');
    await button('Blur').waitFor();
    await checkScreen(page);
    for (const name of ['Resize', 'Watermark']) await button(name).click();
    await page.getByText(/PSNR: /).waitFor();
    await checkScreen(page);
    await page.reload();
    await page.getByRole('heading', { name: 'Watermark' }).waitFor();
    await page.getByText(/PSNR: /).waitFor();
    for (const mode of ['Side by side', 'Difference', 'Slider']) {
      await page.getByRole('radio', { name: mode }).check();
    }
  });

  it('sets the focal point by a click and by the arrow keys', async () => {
    await button('Set on the image').click();
    const picker = page.getByRole('button', { name: /Focal point at/ });
    await picker.click({ position: { x: 40, y: 40 } });
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Escape');
    await button('Change').waitFor();
  });

  it('saves an image and a preset', async () => {
    await button('Save as new image').click();
    await untilSaid(page, /Saved as /);
    await page.getByLabel('Name of the preset').fill('small');
    await button('Save as preset').click();
    await untilSaid(page, 'Preset “small” saved.');
  });

  it('applies the pipeline to all images, over a cut connection', async () => {
    await button('Apply to all images').click();
    await page.getByRole('heading', { name: /^Resize/ }).waitFor();
    await page.getByRole('listbox', { name: 'Images of the job' }).waitFor();
    servers.cut();
    await page.getByRole('link', { name: 'Download zip', exact: true }).waitFor();
    await page.getByText(`${SAMPLES + 1} of ${SAMPLES + 1}`).waitFor();
    await page.getByRole('listbox', { name: 'Images of the job' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByText(/^Attempt 1: /).waitFor();
    await checkScreen(page);
    const zip = await page.getByRole('link', { name: 'Download zip', exact: true }).getAttribute('href');
    const response = await fetch(String(zip));
    expect(response.headers.get('content-type')).toBe('application/zip');
    await response.body?.cancel();
  });

  it('lists the job, and filters', async () => {
    await page.getByRole('link', { name: 'Jobs', exact: true }).click();
    await page.getByText('Completed', { exact: true }).first().waitFor();
    await checkScreen(page);
    await page.getByRole('radio', { name: 'With failures' }).check();
    await page.getByText(/^No such jobs/).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: /^Resize/ }).waitFor();
  });

  it('creates an API token that is shown once', async () => {
    await page.goto(`${url}/account`);
    await page.getByLabel('Name', { exact: true }).fill('CI');
    await button('Create token').click();
    await page.getByText(/^nb_/).waitFor();
    await checkScreen(page);
  });

  it('says that there is no such page, image, job or run, and leads back', async () => {
    await page.goto(`${url}/nowhere`);
    await page.getByRole('heading', { name: 'Page not found' }).waitFor();
    await checkScreen(page);
    for (const [folder, back] of [
      ['images', 'Go to your images'],
      ['jobs', 'All jobs'],
      ['lab', 'All runs'],
    ]) {
      await page.goto(`${url}/${folder}/${crypto.randomUUID()}`);
      await page.getByText(/It may have been deleted/).waitFor();
      await page.getByRole('link', { name: String(back) }).waitFor();
    }
  });

  it('signs out in every tab', async () => {
    const other = await context.newPage();
    watchPage(other, log);
    await other.goto(`${url}/images`);
    await other.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail address').waitFor();
    await other.close();
  });

  it('has requested nothing of other hosts and logged no error', () => {
    expect([...log.hosts]).toEqual([new URL(url).host]);
    expect(withoutCuts(log.complaints)).toEqual([]);
  });
});
