import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { chartMarks } from '../../support/clients/chart-marks.js';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import type { PageLog } from '../../support/clients/page-log.js';
import { checkScreen } from '../../support/clients/screen-checks.js';
import { openSignedIn } from '../../support/clients/web-user.js';
import { untilPasses } from '../../support/eventually.js';
import { ONE_PIXEL_PNG } from '../../support/images/one-pixel.js';
import { ServerProcess } from '../../support/servers/server-process.js';

const TASK = `export const inputs = Array.from({ length: 64 }, (_, index) => index);
export default function square(number) { return number ** 2; }
`;

describe('work of a run, planned in a browser', () => {
  let server: ServerProcess;
  let tasks: string;
  let browser: Browser;
  let client: GraphQLClient;
  let page: Page;
  let log: PageLog;
  let url: string;

  beforeAll(async () => {
    tasks = await mkdtemp(join(tmpdir(), 'nogil-bench-tasks-'));
    await writeFile(join(tasks, 'square.mjs'), TASK);
    server = await ServerProcess.start({ TASKS_DIR: tasks });
    url = server.url;
    ({ browser, client, page, log } = await openSignedIn(url));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
    if (tasks) await rm(tasks, { recursive: true });
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const heading = (name: string) => page.getByRole('heading', { name, exact: true });
  const region = (name: string) => page.getByRole('region', { name, exact: true });
  const withoutModels = async (...models: string[]) => {
    for (const name of models) await page.getByRole('checkbox', { name, exact: true }).uncheck();
  };
  /** The run in the address, as the API returns it. */
  const shownRun = async (selection: string) => {
    const id = new URL(page.url()).pathname.split('/').at(-1);
    return (await client.get(`{ benchmark(id: "${id}") { ${selection} } }`)).benchmark;
  };

  it('is varied by a sweep, which has a curve for each model', async () => {
    await page.goto(`${url}/lab?work=FIBONACCI&models=SYNC.THREADS&imageCounts=4&workerCounts=2`);
    await page.getByRole('combobox', { name: /^Sweep/ }).selectOption('WAIT_SHARE');
    await page.getByLabel('Values of the sweep').fill('0, 0.5');
    await page.getByText('20 samples').waitFor();
    await button('Start').click();
    await heading('Reports').waitFor();
    const curves = await chartMarks(region('Sweep over the wait share'), 'line');
    await untilPasses(async () => expect(await curves.count()).toBe(2));
    await checkScreen(page);
  });

  it('stays in the form after the run has been opened', async () => {
    await page.goto(`${url}/lab`);
    await button('Waiting').click();
    await page.getByLabel('Tasks in one batch').fill('5');
    await page.waitForURL(/imageCounts=5/);
    await page.getByRole('link', { name: /^Completed/ }).click();
    await heading('Reports').waitFor();
    await page.goBack();
    await page.getByRole('combobox', { name: /^Sweep/ }).waitFor();
    await untilPasses(async () => {
      expect(await page.getByLabel('Tasks in one batch').inputValue()).toBe('5');
      expect(await page.getByRole('combobox', { name: /^Sweep/ }).inputValue()).toBe('WAIT_SHARE');
    });
    await page.getByText('Settings of your own, or of a link.').waitFor();
  });

  it('is a task of the server', async () => {
    await page.goto(`${url}/lab`);
    await page.getByRole('radio', { name: 'A task of the server' }).check();
    await page.getByRole('combobox', { name: /^Task/ }).selectOption('square');
    await withoutModels('ASYNC', 'THREADS_LOCKED', 'PROCESSES');
    await page.getByLabel('Tasks in one batch').fill('64');
    await page.getByLabel('Workers').fill('2');
    await page.getByText('10 samples').waitFor();
    await button('Start').click();
    await heading('Reports').waitFor();
    await page.getByText(/^Every model gave the same bytes/).waitFor();
    expect(await shownRun('workload task')).toEqual({ workload: 'TASK', task: 'square' });
  });

  it('is measured again with the same seed, on the same images of the user', async () => {
    for (let count = 0; count < 3; count++) await client.upload(ONE_PIXEL_PNG);
    await page.goto(`${url}/images`);
    const selects = page.getByRole('list', { name: 'Images' }).getByRole('checkbox');
    for (const index of [0, 1, 2]) await selects.nth(index).check();
    await page.getByRole('link', { name: 'Laboratory' }).click();
    await page.getByRole('radio', { name: 'My selected images' }).check();
    await page.waitForURL(/work=OWN_IMAGES/);
    await page.reload();
    await page.getByText(/^3 images selected/).waitFor();
    // Another program deletes one: the page says so when it asks for the plan.
    const { images } = await client.get('{ images(first: 1) { edges { node { id } } } }');
    await client.get('mutation ($id: ID!) { deleteImage(id: $id) }', { id: images.edges[0].node.id });
    await page.reload();
    await page.getByText('1 of the images that you had selected has been deleted.').waitFor();
    await page.getByText(/^2 images selected/).waitFor();
    await withoutModels('ASYNC', 'THREADS_LOCKED', 'PROCESSES', 'THREADS');
    await page.getByRole('checkbox', { name: 'JIMP' }).uncheck();
    await page.getByLabel('Images in one batch').fill('2');
    await page.getByLabel('Samples of each cell').fill('1');
    await page.getByText('1 sample', { exact: true }).last().waitFor();
    await button('Start').click();
    await heading('Reports').waitFor();
    const request = 'seed imageIds operations { kind }';
    const [first, address] = [await shownRun(request), page.url()];
    expect(first.imageIds).toHaveLength(2);
    await button('Run again with the same seed').click();
    await page.waitForURL((now) => now.href !== address);
    await heading('Reports').waitFor();
    expect(await shownRun(request)).toEqual(first);
  });

  it('has requested nothing of other hosts and logged no error', () => {
    expect([...log.hosts]).toEqual([new URL(url).host]);
    expect(log.complaints).toEqual([]);
  });
});
