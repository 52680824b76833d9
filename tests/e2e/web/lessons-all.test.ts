import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { LESSON_NAMES } from '../../../web/lab/lessons/lesson.model.js';
import { LESSONS, numberOf } from '../../../web/lab/lessons/lessons.model.js';
import { launchBrowser } from '../../support/clients/browser.js';
import { checkScreen, type PageLog, watchPage } from '../../support/clients/screen-checks.js';
import { signUp } from '../../support/clients/web-user.js';
import { ServerProcess } from '../../support/servers/server-process.js';

const LIMIT_MS = 240_000;

describe('every lesson, in a browser', () => {
  let server: ServerProcess;
  let browser: Browser;
  let page: Page;
  let log: PageLog;

  beforeAll(async () => {
    server = await ServerProcess.start();
    browser = await launchBrowser();
    const context = await browser.newContext({
      viewport: { width: 1440, height: 900 },
      reducedMotion: 'reduce',
    });
    context.setDefaultTimeout(LIMIT_MS);
    await signUp(context, server.url);
    page = await context.newPage();
    log = watchPage(page);
  }, LIMIT_MS);
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  it.each(LESSON_NAMES)('%s: guess, run, figures and explanation', async (name) => {
    const { title, explanations, next, experiment } = LESSONS[name];
    await page.goto(`${server.url}/lab/lessons/${name}`);
    await page.getByRole('heading', { name: title, exact: true }).waitFor();
    await page.getByText(`Lesson ${numberOf(name)} of 8.`).waitFor();
    await page.getByRole('radio').first().check();
    await page.getByRole('button', { name: 'Run it on this server' }).click();
    const verdict = /^(?:Your guess was right|It is not as you guessed|Not decided)$/;
    await page.getByRole('heading', { name: verdict }).waitFor();
    const text = (await page.getByRole('region', { name: verdict }).textContent()) ?? '';
    expect(text).toContain('You guessed');
    const shown = Object.values(explanations).filter((sentences) => text.includes(sentences.join(' ')));
    expect(shown.length).toBeGreaterThan(0);
    const charts = experiment.kind === 'BENCHMARK' ? experiment.charts : [];
    if (charts.length > 0) {
      const drawing = page.locator('figure').first();
      await drawing.scrollIntoViewIfNeeded();
      await drawing.locator('svg').waitFor();
    }
    for (const { label } of next) await page.getByRole('link', { name: label }).waitFor();
    await checkScreen(page);
  });

  it('complained about nothing', () => {
    expect([...log.hosts]).toEqual([new URL(server.url).host]);
    expect(log.complaints).toEqual([]);
  });
});
