import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { MIN_SAMPLES_FOR_INTERVAL } from '../../../src/benchmark/statistics/bootstrap.js';
import { MOST_SAMPLES } from '../../../web/lab/lessons/budget.model.js';
import { campaignRuns } from '../../support/campaign.js';
import { launchBrowser, newContext } from '../../support/clients/browser.js';
import { type PageLog, watchPage, withoutCuts } from '../../support/clients/page-log.js';
import { checkScreen } from '../../support/clients/screen-checks.js';
import { withRepetitions } from '../../support/clients/with-repetitions.js';
import { untilPasses } from '../../support/eventually.js';
import { onPostgresql } from '../../support/servers/database.js';
import { startWebServers, type WebServers } from '../../support/servers/web-servers.js';

const PASSWORD = 'correct horse battery';
/** The fewest that have an interval; at full length those of the lesson. */
const REPETITIONS = campaignRuns(MIN_SAMPLES_FOR_INTERVAL, MOST_SAMPLES);

// On SQLite, `lessons-all.test.ts` takes every lesson, the race included.
onPostgresql('race and lessons, in a browser', (databases) => {
  let servers: WebServers;
  let browser: Browser;
  let page: Page;
  let log: PageLog;
  let url: string;

  beforeAll(async () => {
    servers = await startWebServers(await databases.create());
    url = servers.url;
    browser = await launchBrowser();
    const context = await newContext(browser);
    page = await context.newPage();
    log = watchPage(page);
    await page.goto(url);
    await page.getByLabel('E-mail address').fill(`ada-${crypto.randomUUID()}@example.com`);
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await button('Sign out').waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await servers?.dispose();
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const heading = (name: string | RegExp) => page.getByRole('heading', { name });
  /** A chart is drawn once it is near the visible part of the page. */
  const chartIsDrawn = async () => {
    const drawing = page.locator('figure').first();
    await drawing.scrollIntoViewIfNeeded();
    await drawing.locator('svg').first().waitFor();
  };
  const raceMayEnd = Promise.withResolvers<void>();
  /** Has the race run once, and keeps its results from the page from its start on, until the test lets it end. */
  const holdRace = async () => {
    let isStarted = false;
    await page.route('**/graphql', async (route) => {
      const query = route.request().postData() ?? '';
      const starts = query.includes('runRaceExperiment');
      isStarted ||= starts;
      if (isStarted && query.includes('aceExperiment')) {
        const response = await route.fetch(starts ? { postData: withRepetitions(query, 1) } : {});
        await raceMayEnd.promise;
        await route.fulfill({ response });
      } else await route.continue();
    });
  };
  /** Has the benchmark take fewer samples than the lesson asks for, except at full length. */
  const shortenRun = () =>
    page.route('**/graphql', async (route) => {
      const body = route.request().postData() ?? '';
      if (!body.includes('runBenchmark')) await route.fallback();
      else await route.continue({ postData: withRepetitions(body, REPETITIONS) });
    });
  const parameters = () => Object.fromEntries(new URL(page.url()).searchParams);

  it('takes a guess about the race by the keyboard alone', async () => {
    await holdRace();
    await page.goto(`${url}/lab/race`);
    await heading('Guess first').waitFor();
    await checkScreen(page);
    await page.getByRole('slider').focus();
    for (let i = 0; i < 3; i++) await page.keyboard.press('PageUp');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press(' ');
    const atomic = page.getByRole('checkbox', { name: /^ATOMIC/ });
    await untilPasses(async () => expect(await atomic.isChecked()).toBe(true));
    await page.keyboard.press('Enter');
    await page.getByText(/^The threads add/).waitFor();
    await untilPasses(() => expect(parameters()).toEqual({ lost: '30', safe: 'ATOMIC', after: 'none' }));
  });

  it('shows the result of the race after a reload while it ran', async () => {
    await page.reload();
    await page.getByRole('heading', { name: 'Race' }).waitFor();
    await page.getByText(/^The threads add/).waitFor();
    await checkScreen(page);
    raceMayEnd.resolve();
    await heading(/^Without synchronisation/).waitFor();
    await untilPasses(() =>
      expect(parameters()).toEqual({ lost: '30', safe: 'ATOMIC', id: expect.any(String) }),
    );
    await page.getByText(/^You guessed 30 %/).waitFor();
    await page.getByRole('rowheader', { name: 'PADDED' }).waitFor();
    await chartIsDrawn();
    await checkScreen(page);
  });

  it('replays the race at the time that the user sets', async () => {
    // With reduced motion, the replay shows its end.
    const ended = page.getByRole('list').getByText(/ in [\d.]+ m?s$/);
    await untilPasses(async () => expect(await ended.count()).toBe(6));
    await page.getByRole('slider', { name: 'Time' }).focus();
    await page.keyboard.press('Home');
    await untilPasses(async () => expect(await page.getByText('adding …').count()).toBe(6));
  });

  it('lists the experiments, and opens one', async () => {
    await heading('Experiments so far').waitFor();
    const { id } = parameters();
    await page.goto(`${url}/lab/race`);
    await page.getByRole('link', { name: /thread/ }).click();
    await heading(/^Without synchronisation/).waitFor();
    await untilPasses(() => expect(parameters()).toEqual({ id }));
  });

  it('lists the lessons', async () => {
    await page.goto(`${url}/lab/lessons`);
    await heading('Lessons').waitFor();
    const lessons = page.getByRole('main').getByRole('listitem');
    await untilPasses(async () => expect(await lessons.count()).toBe(8));
    await checkScreen(page);
    await page.getByRole('link', { name: /Threads under a lock/ }).click();
    await heading('Threads under a lock').waitFor();
  });

  it('asks for a guess before it runs, by the keyboard alone', async () => {
    await shortenRun();
    await page.getByRole('radio').first().waitFor();
    await checkScreen(page);
    await untilPasses(async () => expect(await button('Run it on this server').isDisabled()).toBe(true));
    await page.getByRole('radio').first().focus();
    await page.keyboard.press(' ');
    await page.keyboard.press('ArrowDown');
    await untilPasses(async () => expect(await page.getByRole('radio').nth(1).isChecked()).toBe(true));
    await page.getByText(/^At most 27 samples in at most 30 seconds/).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('progressbar').waitFor();
    await untilPasses(() => expect(parameters()).toEqual({ guess: 'SAME', run: expect.any(String) }));
  });

  it('follows the run over a reload and a cut connection, and explains its figures', async () => {
    await page.reload();
    await heading('Threads under a lock').waitFor();
    // The figures of a run, so far or at its end: they come over the connection.
    await page.getByText('All measured times').first().waitFor();
    servers.cut();
    await checkScreen(page);
    const verdict = /^(?:Your guess was right|It is not as you guessed|Not decided)$/;
    await heading(verdict).waitFor();
    await untilPasses(async () => {
      const answer = await page.getByRole('region', { name: verdict }).textContent();
      expect(answer).toMatch(/^.*The threads under the lock took [\d.]+ times as long as the loop/);
      expect(answer).toContain('Share of the time that a thread waited');
      // Otherwise the page names the failure of the run.
      expect(await page.getByRole('alert').allTextContents()).toEqual([]);
    });
    await chartIsDrawn();
    await checkScreen(page);
  });

  it('keeps the result for the list of lessons', async () => {
    const address = page.url();
    await page.getByRole('link', { name: 'All lessons' }).click();
    await page.getByRole('link', { name: 'Your last result' }).click();
    await heading('Threads under a lock').waitFor();
    await untilPasses(() => expect(page.url()).toBe(address));
  });

  it('opens the plan with the settings of the lesson', async () => {
    await page.getByRole('link', { name: /^Vary the share of a task/ }).click();
    await heading('Laboratory').waitFor();
    await untilPasses(() =>
      expect(parameters()).toMatchObject({ work: 'FIBONACCI', sweepAxis: 'LOCK_SHARE' }),
    );
    await page.getByRole('checkbox', { name: 'THREADS_LOCKED' }).waitFor();
    const processes = page.getByRole('checkbox', { name: 'PROCESSES' });
    await untilPasses(async () => expect(await processes.isChecked()).toBe(false));
  });

  it('offers the question where the run of a shared link is not there, and names unknown lessons', async () => {
    await page.goto(`${url}/lab/lessons/loop?guess=ONE_TASK&run=${crypto.randomUUID()}`);
    await page.getByText(/It may have been deleted/).waitFor();
    await button('Guess and run it yourself').click();
    await page.getByText('Guess first, then run it.').waitFor();
    await untilPasses(() => expect(parameters()).toEqual({}));
    await page.goto(`${url}/lab/lessons/toString`);
    await heading('No such lesson').waitFor();
  });

  it('has requested nothing of other hosts and logged no error', () => {
    expect([...log.hosts]).toEqual([new URL(url).host]);
    expect(withoutCuts(log.complaints)).toEqual([]);
  });
});
