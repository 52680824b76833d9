import { availableParallelism } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type Experiment, LESSON_NAMES, type Machine } from '../../../web/lab/lessons/lesson.model.js';
import { writeLessonAddress } from '../../../web/lab/lessons/lesson-address.model.js';
import { LESSONS, numberOf } from '../../../web/lab/lessons/lessons.model.js';
import { isLongCampaign } from '../../support/campaign.js';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import type { PageLog } from '../../support/clients/page-log.js';
import { checkScreen } from '../../support/clients/screen-checks.js';
import { openSignedIn } from '../../support/clients/web-user.js';
import { untilPasses } from '../../support/eventually.js';
import { ServerProcess } from '../../support/servers/server-process.js';

const MACHINE: Machine = { processors: availableParallelism(), maxWorkers: 16 };
const VERDICT = /^(?:Your guess was right|It is not as you guessed|Not decided)$/;

describe('every lesson, in a browser', () => {
  let server: ServerProcess;
  let browser: Browser;
  let client: GraphQLClient;
  let page: Page;
  let log: PageLog;

  beforeAll(async () => {
    server = await ServerProcess.start();
    ({ browser, client, page, log } = await openSignedIn(server.url));
  });
  afterAll(async () => {
    await browser?.close();
    await server?.dispose();
  });

  it.each(LESSON_NAMES)('%s: guess, run, figures and explanation', async (name) => {
    const { title, explanations, tie, expected, next, experiment, choices } = LESSONS[name];
    const address = `${server.url}/lab/lessons/${name}`;
    await page.goto(address);
    await page.getByRole('heading', { name: title, exact: true }).waitFor();
    await page.getByText(`Lesson ${numberOf(name)} of 8.`).waitFor();
    await page.getByRole('radio').first().check();
    const start = page.getByRole('button', { name: 'Run it on this server' });
    await untilPasses(async () => expect(await start.isEnabled()).toBe(true));
    if (isLongCampaign) await start.click();
    else {
      // The lesson `lock` is started by its page in lessons.test.ts.
      const [guess] = Object.keys(choices(MACHINE));
      const run = await shortRun(client, experiment);
      await page.goto(address + writeLessonAddress({ guess, run, after: undefined }));
    }
    await page.getByRole('heading', { name: VERDICT }).waitFor();
    await untilPasses(async () => {
      const text = (await page.getByRole('region', { name: VERDICT }).textContent()) ?? '';
      expect(text).toContain('You guessed');
      const possible = [...Object.values(explanations), ...(tie ? [tie] : []), [expected]];
      const shown = possible.filter((sentences) => text.includes(sentences.join(' ')));
      expect(shown.length).toBeGreaterThan(0);
    });
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

/** Starts the run of a lesson with one sample of each cell; returns its id. */
async function shortRun(client: GraphQLClient, experiment: Experiment<string>): Promise<string> {
  switch (experiment.kind) {
    case 'BENCHMARK': {
      const start = 'mutation ($input: RunBenchmarkInput!) { runBenchmark(input: $input) { id } }';
      const input = { ...experiment.input(MACHINE), repetitions: 1 };
      return (await client.get(start, { input })).runBenchmark.id;
    }
    case 'RACE': {
      const start = 'mutation ($input: RaceExperimentInput!) { runRaceExperiment(input: $input) { id } }';
      const input = { ...experiment.input, repetitions: 1 };
      return (await client.get(start, { input })).runRaceExperiment.id;
    }
    default:
      return experiment satisfies never;
  }
}
