import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../../support/clients/browser.js';
import { checkScreen } from '../../support/clients/screen-checks.js';
import { ServerProcess } from '../../support/servers/server-process.js';

const LIMIT_MS = 240_000;
const RENEWAL = '**/session/renew';
const PASSWORD = 'correct horse battery';

describe('the sign-in of the web app', () => {
  let browser: Browser;
  let server: ServerProcess;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchBrowser(), ServerProcess.start()]);
  }, LIMIT_MS);
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });
  beforeEach(async () => {
    context = await browser.newContext({ reducedMotion: 'reduce' });
    context.setDefaultTimeout(LIMIT_MS);
    page = await context.newPage();
    await page.goto(server.url);
    await page.getByLabel('E-mail address').fill(`ada-${crypto.randomUUID()}@example.com`);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Create account' }).click();
    await signedIn(page);
  });
  afterEach(() => context?.close());

  const signedIn = (which: Page) => which.getByRole('button', { name: 'Sign out' }).waitFor();
  const signedOut = (which: Page) => which.getByLabel('E-mail address').waitFor();

  it('lasts over a reload, in the middle of a renewal too', async () => {
    // The first page is left before its renewal has been answered.
    let isFirst = true;
    await page.route(RENEWAL, async (route) => {
      if (!isFirst) return route.continue();
      isFirst = false;
      await route.fetch();
      await page.reload();
    });
    await page.reload().catch(() => undefined);
    await signedIn(page);
  });

  it('lasts when the answer to a renewal is lost', async () => {
    let lost = 0;
    await page.route(RENEWAL, async (route) => {
      if (lost++ > 0) return route.continue();
      await route.fetch();
      await route.abort('connectionreset');
    });
    await page.reload();
    await page.getByText('The server does not answer.').waitFor();
    await signedIn(page);
  });

  it('is shared by tabs that open at once', async () => {
    const tabs = await Promise.all([1, 2, 3].map(() => context.newPage()));
    await Promise.all(tabs.map((tab) => tab.goto(`${server.url}/jobs`)));
    await Promise.all(tabs.map(signedIn));
  });

  it('ends in every tab by a sign-out, and begins in every tab by a sign-in', async () => {
    const other = await context.newPage();
    await other.goto(server.url);
    await signedIn(other);
    await other.getByRole('button', { name: 'Sign out' }).click();
    await Promise.all([page, other].map(signedOut));
    await other.getByLabel('E-mail address').fill(`bob-${crypto.randomUUID()}@example.com`);
    await other.getByLabel('Password').fill(PASSWORD);
    await other.getByRole('button', { name: 'Create account' }).click();
    await Promise.all([page, other].map(signedIn));
  });

  it('is not ended by the late answer to a sign-out before it', async () => {
    const answers = Promise.withResolvers<void>();
    await page.route('**/session', async (route) => {
      if (route.request().method() !== 'DELETE') return route.continue();
      const response = await route.fetch();
      await answers.promise;
      await route.fulfill({ response });
    });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByLabel('E-mail address').fill(`bob-${crypto.randomUUID()}@example.com`);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.getByRole('button', { name: 'Create account' }).click();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    answers.resolve();
    await signedIn(page);
    await page.reload();
    await signedIn(page);
  });

  it('ends in a page whose session has been revoked elsewhere', async () => {
    await page.goto(`${server.url}/account`);
    const elsewhere = await browser.newContext();
    const email = await page.getByTitle('Account').textContent();
    const other = await elsewhere.newPage();
    await other.goto(server.url);
    await other.getByRole('button', { name: 'Sign in instead' }).click();
    await other.getByLabel('E-mail address').fill(String(email));
    await other.getByLabel('Password').fill(PASSWORD);
    await other.getByRole('button', { name: 'Sign in', exact: true }).click();
    await signedIn(other);
    await other.goto(`${server.url}/account`);
    await other.getByRole('button', { name: 'End all other sessions' }).click();
    await other.getByRole('button', { name: 'End all other sessions' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Jobs' }).click();
    await signedOut(page);
    await elsewhere.close();
  });

  it('says that the page is offline, and that it is online again', async () => {
    await context.setOffline(true);
    await page.getByText('You are offline.').waitFor();
    await checkScreen(page);
    await context.setOffline(false);
    await page.getByText('You are offline.').waitFor({ state: 'detached' });
  });

  it('keeps no token where scripts of the page find it', async () => {
    const stored = await page.evaluate(
      'JSON.stringify([document.cookie, { ...localStorage }, { ...sessionStorage }, location.href])',
    );
    expect(stored).not.toMatch(/eyJ|nb_|refresh/i);
    const [cookie] = await context.cookies(`${server.url}/session`);
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/session' });
  });
});
