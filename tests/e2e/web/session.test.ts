import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser, newContext } from '../../support/clients/browser.js';
import { checkScreen } from '../../support/clients/screen-checks.js';
import { untilSaid } from '../../support/clients/status-log.js';
import { FAULT_SERVER } from '../../support/servers/programs.js';
import { ServerProcess } from '../../support/servers/server-process.js';

const RENEWAL = '**/session/renew';
const PASSWORD = 'correct horse battery';
/** Answer of a session route without a sign-in. */
const REFUSED = { errors: [{ message: 'Sign in first', extensions: { code: 'UNAUTHENTICATED' } }] };

describe('the sign-in of the web app', () => {
  let browser: Browser;
  let server: ServerProcess;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    // Each test signs in; this server hashes passwords at a low cost.
    [browser, server] = await Promise.all([launchBrowser(), ServerProcess.start({}, 'main', FAULT_SERVER)]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });
  beforeEach(async () => {
    context = await newContext(browser);
    page = await context.newPage();
    await page.goto(server.url);
    await register(page, 'ada');
    await signedIn(page);
  });
  afterEach(() => context?.close());

  const register = async (which: Page, name: string) => {
    await which.getByLabel('E-mail address').fill(`${name}-${crypto.randomUUID()}@example.com`);
    await which.getByLabel('Password').fill(PASSWORD);
    // A browser in which a user has signed in before offers to sign in.
    const instead = which.getByRole('button', { name: 'Create an account instead' });
    if (await instead.isVisible()) await instead.click();
    await which.getByRole('button', { name: 'Create account' }).click();
  };

  const addSamples = async (which: Page) => {
    await which.getByRole('button', { name: 'Add sample photos' }).click();
    await which.getByRole('list', { name: 'Images' }).getByRole('link').nth(7).waitFor();
  };
  const signedIn = (which: Page) => which.getByRole('button', { name: 'Sign out' }).waitFor();
  const signedOut = (which: Page) => which.getByLabel('E-mail address').waitFor();

  it('lasts over a reload, in the middle of a renewal too', async () => {
    // The first page is left before the answer to its renewal has arrived.
    const answered = Promise.withResolvers<void>();
    let isFirst = true;
    await page.route(RENEWAL, async (route) => {
      if (!isFirst) return route.continue();
      isFirst = false;
      await route.fetch();
      answered.resolve();
    });
    await page.reload();
    await answered.promise;
    await page.reload();
    await signedIn(page);
  });

  it('lasts when the answer to a renewal is lost', async () => {
    const seen = Promise.withResolvers<void>();
    let lost = 0;
    await page.route(RENEWAL, async (route) => {
      if (lost++ > 0) {
        await seen.promise;
        return route.continue();
      }
      await route.fetch();
      await route.abort('connectionreset');
    });
    await page.reload();
    await page.getByText('The server does not answer.').waitFor();
    seen.resolve();
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
    await register(other, 'bob');
    await Promise.all([page, other].map(signedIn));
  });

  it('waits for the answer to a sign-out before it', async () => {
    const order: string[] = [];
    const answers = Promise.withResolvers<void>();
    await page.route('**/session', async (route) => {
      const method = route.request().method();
      order.push(`${method} sent`);
      if (method !== 'DELETE') return route.continue();
      const response = await route.fetch();
      await answers.promise;
      order.push('DELETE answered');
      await route.fulfill({ response });
    });
    await page.getByRole('button', { name: 'Sign out' }).click();
    await register(page, 'bob');
    await page.locator('button[type=submit]:disabled').waitFor();
    answers.resolve();
    await signedIn(page);
    expect(order).toEqual(['DELETE sent', 'DELETE answered', 'POST sent']);
    await page.reload();
    await signedIn(page);
  });

  it('shows no late images of the previous user', async () => {
    await addSamples(page);
    const answers = Promise.withResolvers<void>();
    const asked = Promise.withResolvers<void>();
    await page.route('**/graphql', async (route) => {
      if (!route.request().postData()?.includes('query Images(')) return route.continue();
      const response = await route.fetch();
      asked.resolve();
      await answers.promise;
      await route.fulfill({ response });
    });
    await page.reload();
    await asked.promise;
    await page.getByRole('button', { name: 'Sign out' }).click();
    await signedOut(page);
    const late = page.waitForResponse('**/graphql');
    answers.resolve();
    await late;
    await page.unroute('**/graphql');
    await register(page, 'bob');
    await page.getByRole('button', { name: 'Add sample photos' }).waitFor();
    expect(await page.getByText('You have signed out').count()).toBe(0);
  });

  it('of another user in another tab replaces the page of the user before', async () => {
    await addSamples(page);
    const other = await context.newPage();
    await other.route(RENEWAL, (route) => route.fulfill({ status: 401, json: REFUSED }));
    await other.goto(server.url);
    await register(other, 'bob');
    await page.getByTitle('Account').getByText('bob-').waitFor();
    await page.getByRole('button', { name: 'Add sample photos' }).waitFor();
  });

  it('works over plain HTTP at an address that browsers do not trust', async () => {
    const address = server.url.replace('127.0.0.1', '0.0.0.0');
    await page.goto(address);
    expect(await page.evaluate('isSecureContext')).toBe(false);
    await register(page, 'bob');
    await signedIn(page);
    await page.reload();
    await addSamples(page);
    await page.getByRole('list', { name: 'Images' }).getByRole('link').first().click();
    await page.getByRole('button', { name: 'Grayscale' }).click();
    await page.getByRole('button', { name: 'Apply to all images' }).click();
    await page.getByRole('listbox', { name: 'Images of the job' }).waitFor();
  });

  it('ends in a page whose session has been revoked elsewhere', async () => {
    await page.goto(`${server.url}/account`);
    const elsewhere = await newContext(browser);
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
    await untilSaid(page, 'Your sign-in has ended.');
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
