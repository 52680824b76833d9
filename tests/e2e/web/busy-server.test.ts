import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { ErrorCode } from '../../../src/errors.js';
import type { PageLog } from '../../support/clients/page-log.js';
import { checkScreen } from '../../support/clients/screen-checks.js';
import { openSignedIn } from '../../support/clients/web-user.js';
import { withRepetitions } from '../../support/clients/with-repetitions.js';
import { untilPasses } from '../../support/eventually.js';
import { ServerProcess } from '../../support/servers/server-process.js';

const TASK =
  'export const inputs = [1, 2]; export default function broken() { throw new Error("no input is right"); }';

describe('a busy server, in a browser', () => {
  let server: ServerProcess;
  let tasks: string;
  let browser: Browser;
  let page: Page;
  let log: PageLog;
  /** Refusals, by the operation as its document names it. */
  const refused = new Map<string, ErrorCode>();

  beforeAll(async () => {
    tasks = await mkdtemp(join(tmpdir(), 'nogil-bench-tasks-'));
    await writeFile(join(tasks, 'broken.mjs'), TASK);
    server = await ServerProcess.start({ TASKS_DIR: tasks });
    ({ browser, page, log } = await openSignedIn(server.url));
    await page.route('**/graphql', async (route) => {
      const text = route.request().postData() ?? '';
      const [, code] = [...refused].find(([operation]) => text.includes(operation)) ?? [];
      if (code === undefined) {
        return route.continue(
          text.includes('mutation RunRace') ? { postData: withRepetitions(text, 1) } : {},
        );
      }
      // The shortest pause before the next attempt.
      const extensions = { code, retryAfterMs: 1 };
      await route.fulfill({ json: { errors: [{ message: 'Too many requests wait', extensions }] } });
    });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
    if (tasks) await rm(tasks, { recursive: true });
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const heading = (name: string) => page.getByRole('heading', { name, exact: true });

  it('is asked again by the page, which says so', async () => {
    refused.set('query LabFacts', 'SERVER_BUSY');
    await page.goto(`${server.url}/lab?work=TASK&task=broken&models=SYNC&imageCounts=2&workerCounts=1`);
    await page.getByText(/asks again by itself/).waitFor();
    refused.clear();
    await heading('New run').waitFor();
    await untilPasses(async () => expect(await page.getByText(/asks again by itself/).count()).toBe(0));
  });

  it('offers no retry for a request that cannot succeed', async () => {
    refused.set('mutation StartRun', 'BAD_USER_INPUT');
    await page.getByText('5 samples').last().waitFor();
    await button('Start').click();
    await page.getByText('Too many requests wait.').waitFor();
    expect(await button('Retry').count()).toBe(0);
  });

  it('offers a retry after several attempts, which succeeds once the server is free', async () => {
    refused.set('mutation StartRun', 'SERVER_BUSY');
    await button('Start').click();
    await button('Retry').waitFor();
    await checkScreen(page);
    refused.clear();
    await button('Retry').click();
    await page.waitForURL(/\/lab\/[0-9a-f-]{36}/);
  });

  it('shows what to do about a run that has failed', async () => {
    await heading('This run has failed').waitFor();
    await page.getByText(/no input is right.*correct a task of your own/s).waitFor();
    await checkScreen(page);
    await page.getByRole('link', { name: 'Plan a new run' }).click();
    await heading('New run').waitFor();
  });

  it('starts a race again that it refused while the page was loaded again', async () => {
    refused.set('mutation RunRace', 'SERVER_BUSY');
    await page.goto(`${server.url}/lab/lessons/race`);
    await page.getByRole('radio').first().check();
    await button('Run it on this server').click();
    await button('Do not wait').waitFor();
    expect(await button('Start it again').count()).toBe(0);
    await page.reload();
    await button('Start it again').waitFor();
    await checkScreen(page);
    refused.clear();
    await button('Start it again').click();
    await button('Guess and run again').waitFor();
  });

  it('has requested nothing of other hosts and logged no error', () => {
    expect([...log.hosts]).toEqual([new URL(server.url).host]);
    expect(log.complaints).toEqual([]);
  });
});
