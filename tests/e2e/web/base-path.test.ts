import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser, newContext } from '../../support/clients/browser.js';
import { type PageLog, watchPage } from '../../support/clients/page-log.js';
import { eventually } from '../../support/eventually.js';
import { selfSignedCertificate } from '../../support/servers/certificate.js';
import { type PathProxy, startPathProxy } from '../../support/servers/path-proxy.js';
import { ServerProcess } from '../../support/servers/server-process.js';

const PROXIES = [
  { scheme: 'http', certificate: undefined },
  { scheme: 'https', certificate: selfSignedCertificate() },
];

describe.each(PROXIES)('the web app below a path, behind a proxy over $scheme', ({ scheme, certificate }) => {
  let proxy: PathProxy;
  let server: ServerProcess;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let log: PageLog;

  beforeAll(async () => {
    proxy = await startPathProxy('/nogil', certificate);
    [browser, server] = await Promise.all([
      launchBrowser(),
      ServerProcess.start({ PUBLIC_URL: proxy.url, PORT: String(proxy.targetPort) }),
    ]);
    context = await newContext(browser, { ignoreHTTPSErrors: true });
    page = await context.newPage();
    log = watchPage(page);
  });
  afterAll(async () => {
    await browser?.close();
    await proxy?.close();
    await server?.dispose();
  });

  it('signs in with a cookie for the path alone, which lasts over a reload', async () => {
    const response = await page.goto(`${proxy.url}/`);
    expect(response?.headers()['content-security-policy']).toMatch(/default-src 'none'.*connect-src 'self'/);
    await page.getByLabel('E-mail address').fill('ada@example.com');
    await page.getByLabel('Password').fill('correct horse battery');
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('button', { name: 'Add sample photos' }).waitFor();
    const cookies = await context.cookies([`${proxy.url}/session`]);
    const isSecure = scheme === 'https';
    expect(cookies.map(({ path, secure }) => ({ path, secure }))).toEqual([
      { path: '/nogil/session', secure: isSecure },
    ]);
    await page.reload();
    await page.getByRole('button', { name: 'Add sample photos' }).click();
  });

  it('shows images from signed addresses below the path', async () => {
    const images = page.getByRole('list', { name: 'Images' }).locator('img');
    await images.nth(7).waitFor();
    const loaded =
      "[...document.querySelectorAll('li img')].filter((image) => image.naturalWidth > 0).length";
    await eventually(async () => (await page.evaluate(loaded)) === 8);
    expect(await images.first().getAttribute('src')).toContain(`${proxy.url}/media/`);
  });

  it('follows a job over a WebSocket below the path, and links its zip there', async () => {
    await page.getByRole('list', { name: 'Images' }).getByRole('link').first().click();
    await page.getByRole('button', { name: 'Grayscale' }).click();
    const socket = page.waitForEvent('websocket');
    await page.getByRole('button', { name: 'Apply to all images' }).click();
    await page.getByText('8 of 8').waitFor();
    expect((await socket).url()).toBe(`${proxy.url.replace(/^http/, 'ws')}/graphql`);
    const zip = page.getByRole('link', { name: 'Download zip', exact: true });
    const address = String(await zip.getAttribute('href'));
    expect(address).toContain(`${proxy.url}/media/jobs/`);
    expect((await context.request.get(address)).headers()['content-type']).toBe('application/zip');
  });

  it('links only to pages below the path', async () => {
    for (const name of ['Images', 'Jobs', 'ada@example.com', 'nogil·bench']) {
      await page.getByRole('link', { name, exact: true }).click();
      await page.waitForURL((url) => url.href.startsWith(`${proxy.url}/`));
    }
    const targets = await page.evaluate('[...document.links].map(({ href }) => href)');
    for (const target of targets as string[]) expect(target.startsWith(`${proxy.url}/`)).toBe(true);
    await page.goto(`${proxy.url}/nowhere`);
    await page.getByRole('heading', { name: 'Page not found' }).waitFor();
    expect(log.complaints).toEqual([]);
  });
});
