import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { toJson } from '../../../src/benchmark/export/json.js';
import { MachineLock } from '../../../src/database/machine-lock.js';
import { report } from '../../benchmark/export/record.js';
import { around, samplesOf } from '../../benchmark/samples.js';
import { chartMarks as marks } from '../../support/clients/chart-marks.js';
import { GraphQLClient } from '../../support/clients/graphql-client.js';
import { type PageLog, withoutCuts } from '../../support/clients/page-log.js';
import { checkScreen as checkAnyScreen } from '../../support/clients/screen-checks.js';
import { untilSaid } from '../../support/clients/status-log.js';
import { openSignedIn } from '../../support/clients/web-user.js';
import { readUntil, untilPasses } from '../../support/eventually.js';
import { syntheticReport } from '../../support/fakes/synthetic-report.js';
import { eachDatabase } from '../../support/servers/database.js';
import { hold, release } from '../../support/servers/faults/hold.js';
import { startWebServers, type WebServers } from '../../support/servers/web-servers.js';

const REPETITIONS = 5;
const TASKS = 8;
const SYNTHETIC = 'Invented, 8 processors';

eachDatabase('the laboratory of the web app, in a browser', (databases) => {
  let servers: WebServers;
  let browser: Browser;
  let page: Page;
  let log: PageLog;
  let client: GraphQLClient;
  let url: string;
  /** Address of the comparison with the imported run. */
  let comparison: string;

  beforeAll(async () => {
    servers = await startWebServers(await databases.create(), 'HELD');
    url = servers.url;
    ({ browser, page, log, client } = await openSignedIn(url));
  });
  afterAll(async () => {
    await browser?.close();
    await servers?.dispose();
  });

  /** A screen looks the same whatever the database is. */
  const checkScreen = async (which: Page) => {
    if (databases.kind === 'SQLITE') await checkAnyScreen(which);
  };
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const heading = (name: string) => page.getByRole('heading', { name, exact: true });
  const region = (name: string) => page.getByRole('region', { name, exact: true });

  it('shows what a run costs while it is composed', async () => {
    await page.goto(`${url}/lab`);
    await page.getByText('50 samples').waitFor();
    await page.getByText(/^No runs yet/).waitFor();
    await page.getByLabel('Seconds at most').fill('60');
    await page.getByRole('status').filter({ hasText: '× at most 5 samples = at most 50 samples' }).waitFor();
    await page.getByLabel('Seconds at most').fill('');
    await page.getByRole('radio', { name: 'My selected images' }).check();
    await page.getByText('Select images on the images page first.').waitFor();
    await untilPasses(async () => expect(await button('Start').isDisabled()).toBe(true));
    await checkScreen(page);
    await button('A global lock').click();
    await page.getByText('15 cells').waitFor();
    await page.getByLabel('Workers').fill('0');
    await page.getByText(/^Worker counts: /).waitFor();
  });

  it('starts a run by the keyboard, and shows it live over a cut connection and a reload', async () => {
    await button('Scaling').click();
    await page.getByRole('checkbox', { name: 'PROCESSES' }).uncheck();
    await page.getByLabel('Workers').fill('2');
    await page.getByLabel('Tasks in one batch').fill(String(TASKS));
    await page.getByText('10 samples').waitFor();
    await hold(servers.folder, 'SAMPLES', 3);
    await button('Start').focus();
    await page.keyboard.press('Enter');
    await heading('Measuring now').waitFor();
    await page.getByText(/^[1-9] of 10 samples/).waitFor();
    servers.cut();
    await checkScreen(page);
    await page.reload();
    await heading('Measuring now').waitFor();
    await release(servers.folder, 'SAMPLES');
    await heading('Reports').waitFor();
  });

  it('shows the result with all samples, and its charts', async () => {
    const time = page.getByRole('figure', { name: /^Time by model/ });
    const dots = await marks(time, 'symbol');
    // The chart is drawn anew for the last samples.
    await untilPasses(async () => expect(await dots.count()).toBe(2 * REPETITIONS));
    await page.getByText(/^Every model gave the same bytes/).waitFor();
    const lanes = region('Timeline of the workers');
    const bars = await marks(lanes, 'rect');
    await untilPasses(async () => expect(await bars.count()).toBeGreaterThanOrEqual(TASKS));
    await lanes.getByRole('button', { name: 'Zoom in' }).click();
    await lanes.getByRole('button', { name: 'Whole' }).waitFor();
    await untilPasses(async () =>
      expect(await lanes.getByRole('button', { name: 'Whole' }).isEnabled()).toBe(true),
    );
    // A curve for each of two models.
    const delays = await marks(region('Event-loop delay over a sample'), 'line');
    await untilPasses(async () => expect(await delays.count()).toBe(2));
    await checkScreen(page);
  });

  it.each([
    'Wall time by phase',
    'Break-even: cold and warm',
    'Event-loop delay',
    'Memory',
    'Time and memory',
    'All cells',
    'Environment',
  ])('has the section “%s”, with its figures as a table', async (title) => {
    await region(title).first().scrollIntoViewIfNeeded();
    await region(title).getByRole('table').first().waitFor();
  });

  it('saves reports as files', async () => {
    for (const [name, file, start] of [
      ['Download JSON', 'benchmark.json', '{'],
      ['Download Markdown', 'benchmark.md', '#'],
    ] as const) {
      const [download] = await Promise.all([page.waitForEvent('download'), button(name).click()]);
      expect(download.suggestedFilename()).toBe(file);
      let text = '';
      for await (const chunk of await download.createReadStream()) text += chunk;
      expect(text.startsWith(start)).toBe(true);
    }
  });

  it('imports a run of another machine, with fitted curves', async () => {
    await button('Add to compare').click();
    await page.getByRole('link', { name: 'Laboratory' }).click();
    for (const [text, problem] of [
      ['', /^This file is empty; choose the JSON report of a run/],
      ['{}', /^This file is not a report of nogil-bench/],
      ['a,b', /^This file is not JSON/],
      ['[]', /^This file is not a report of nogil-bench/],
      ['{"format":"nogil-bench","formatVersion":2}', /formatVersion must be 1/],
      [' '.repeat(2 ** 21 + 1), /^This file is larger than 2 MiB/],
    ] as const) {
      await importFile('notes.json', text);
      await page.getByText(problem).waitFor();
    }
    await importFile('benchmark.json', syntheticReport(SYNTHETIC, TASKS));
    await untilSaid(page, `“${SYNTHETIC}” imported.`);
    expect(await page.getByText(/^This file is/).count()).toBe(0);
    await checkScreen(page);
    await page.getByRole('link', { name: new RegExp(`^Completed ${SYNTHETIC}`) }).click();
    await page.getByText('Imported', { exact: true }).waitFor();
    // The limit of the processors, and a curve for each of two models.
    const lines = await marks(region('Speed-up by workers'), 'line');
    await untilPasses(async () => expect(await lines.count()).toBeGreaterThanOrEqual(3));
    await page
      .getByText(/contention/i)
      .first()
      .waitFor();
    await checkScreen(page);
  });

  it('compares the chosen runs after a reload, and decides like the command in CI', async () => {
    await button('Add to compare').click();
    await page.reload();
    await page.getByRole('complementary', { name: 'Comparison' }).getByText(SYNTHETIC).waitFor();
    await page.getByRole('link', { name: 'Compare 2 runs' }).click();
    const forest = page.getByRole('figure', { name: new RegExp(`^${SYNTHETIC} relative to`) });
    await (await marks(forest, 'symbol')).first().waitFor({ state: 'attached' });
    await page.getByText('exit code 3').waitFor();
    comparison = page.url();
    await page.getByText('nogil-bench compare baseline.json candidate.json --max-regression 10').waitFor();
    await page.getByRole('cell', { name: 'Invented processor' }).waitFor();
    await checkScreen(page);
    servers.cut();
    await page.reload();
    await page.getByText('exit code 3').waitFor();
  });

  it('deletes a run after a second click', async () => {
    await page.getByRole('link', { name: 'Laboratory' }).click();
    await button(`Delete ${SYNTHETIC}`).dblclick();
    await button(`Really delete ${SYNTHETIC}?`).click();
    await button(`Delete ${SYNTHETIC}`).waitFor({ state: 'detached' });
    await page.getByText('Add another run to compare it with this one.').waitFor();
  });

  it('compares without a run that has been deleted, and says so', async () => {
    await page.goto(comparison);
    await page.getByText(/^1 run of this address is not compared/).waitFor();
  });

  it('compares without a run of another account, and says so', async () => {
    const other = new GraphQLClient(url);
    await other.register();
    const file = { name: 'run.json', bytes: Buffer.from(syntheticReport(SYNTHETIC, TASKS)) };
    const { data } = await other.send(
      'mutation ($file: Upload!) { importBenchmark(file: $file) { id } }',
      { file: null },
      { 'variables.file': file },
    );
    const address = new URL(comparison);
    address.searchParams.set('candidates', data.importBenchmark.id);
    await page.goto(address.href);
    await page.getByText(/^1 run of this address is not compared/).waitFor();
  });

  it('says why a difference is not decided where one run was measured beside other programs', async () => {
    await page.goto(`${url}/lab`);
    const ids: (string | undefined)[] = [];
    for (const [name, medianMs, otherCpuShare] of [
      ['Quiet', 100, 0],
      ['Beside others', 140, 0.3],
    ] as const) {
      const samples = samplesOf({ otherCpuShare }, around(medianMs));
      await importFile('benchmark.json', toJson(report({ name, samples })));
      await untilSaid(page, `“${name}” imported.`);
      const link = page.getByRole('link', { name: new RegExp(`^Completed ${name}`) });
      ids.push((await link.getAttribute('href'))?.split('/').at(-1));
    }
    await page.goto(`${url}/lab/compare?baseline=${ids[0]}&candidates=${ids[1]}`);
    await page
      .getByText(/^THREADS ×2, SHARP, 10: Other programs can explain .* 30 % .* Repeat both/)
      .waitFor();
    await page.getByText('1 not decided', { exact: true }).waitFor();
    await checkScreen(page);
  });

  it('says that a run waits for its turn while another program measures', async () => {
    await page.goto(`${url}/lab?work=FIBONACCI&models=SYNC&imageCounts=2&workerCounts=1`);
    await page.getByText('5 samples').first().waitFor();
    await hold(servers.folder, 'SAMPLES', 1);
    await button('Start').click();
    await heading('Measuring now').waitFor();
    const other = new MachineLock(servers.temporaryFolder);
    const refused = await other.tryAcquire('a benchmark');
    await release(servers.folder, 'SAMPLES');
    expect(refused).toBeNull();
    const end = await readUntil(
      () => other.tryAcquire('a benchmark'),
      (acquired) => acquired !== null,
    );
    await page.getByText('For its turn: another program measures on this computer').waitFor();
    await checkScreen(page);
    await end?.();
    await heading('Reports').waitFor();
  });

  it('shows nothing but a message where a run is deleted while its page is open', async () => {
    await page.goto(`${url}/lab?work=FIBONACCI&models=SYNC&imageCounts=2&workerCounts=1`);
    await page.getByText('5 samples').first().waitFor();
    await hold(servers.folder, 'SAMPLES', 1);
    await button('Start').click();
    await heading('Measuring now').waitFor();
    await client.get('mutation ($id: ID!) { deleteBenchmark(id: $id) }', {
      id: page.url().split('/').at(-1),
    });
    await page.getByText(/It may have been deleted/).waitFor();
    await button('Cancel run').waitFor({ state: 'detached' });
    await heading('Measuring now').waitFor({ state: 'detached' });
    expect(await page.getByText('Connection lost').count()).toBe(0);
    await release(servers.folder, 'SAMPLES');
  });

  it('has requested nothing of other hosts and logged no error', () => {
    expect([...log.hosts]).toEqual([new URL(url).host]);
    expect(withoutCuts(log.complaints)).toEqual([]);
  });

  async function importFile(name: string, text: string): Promise<void> {
    const file = { name, mimeType: 'application/json', buffer: Buffer.from(text) };
    await page.getByLabel('JSON report to import').setInputFiles(file);
  }
});
