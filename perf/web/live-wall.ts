import type { Browser } from 'playwright-core';
import type { GraphQLClient } from '../../tests/support/clients/graphql-client.js';
import { signUp } from '../../tests/support/clients/web-user.js';
import { recordJob, replayTo } from './recorded-job.js';

/** Frames of a page that shows the progress of a job again and again. */
export interface LiveWall {
  /** Times between frames while events arrived, in ms. */
  frames: number[];
  /** JavaScript values after a garbage collection, at the end of each replay. */
  heap: { seconds: number; bytes: number }[];
  seconds: number;
  events: number;
}

const REPLAY_MS = 600_000;

/** Notes the time between frames until it is stopped. */
const START_FRAMES = `
  window.frameTimes = [];
  window.isMeasuring = true;
  let last = performance.now();
  const frame = (now) => {
    window.frameTimes.push(now - last);
    last = now;
    if (window.isMeasuring) requestAnimationFrame(frame);
  };
  requestAnimationFrame((now) => {
    last = now;
    requestAnimationFrame(frame);
  });
`;
const STOP_FRAMES = `
  window.isMeasuring = false;
  window.frameTimes.splice(0);
`;

/** Shows a job of many images live, over recorded events, for some seconds; each replay opens the page anew. */
export async function measureLiveWall(
  browser: Browser,
  serverUrl: string,
  { imageCount, seconds }: { imageCount: number; seconds: number },
): Promise<LiveWall> {
  const context = await browser.newContext({ viewport: { width: 1_440, height: 900 } });
  // A replay takes as long as the job took.
  context.setDefaultTimeout(REPLAY_MS);
  const client: GraphQLClient = await signUp(context, serverUrl);
  const job = await recordJob(client, imageCount);
  const page = await context.newPage();
  await replayTo(page, job);
  const inspector = await context.newCDPSession(page);
  await page.goto(`${serverUrl}/jobs`);

  const start = performance.now();
  const passed = () => (performance.now() - start) / 1_000;
  const frames: number[] = [];
  const heap: LiveWall['heap'] = [];
  while (passed() < seconds) {
    await page.locator(`a[href$="/jobs/${job.id}"]`).click();
    await page
      .getByRole('option')
      .nth(imageCount - 1)
      .waitFor();
    await page.evaluate(START_FRAMES);
    await page
      .getByText(`${imageCount.toLocaleString('en')} of ${imageCount.toLocaleString('en')}`)
      .waitFor();
    frames.push(...((await page.evaluate(STOP_FRAMES)) as number[]));
    await page.getByRole('link', { name: 'Jobs', exact: true }).click();
    await page.getByRole('heading', { name: 'Jobs' }).waitFor();
    await inspector.send('HeapProfiler.collectGarbage');
    heap.push({ seconds: passed(), bytes: (await inspector.send('Runtime.getHeapUsage')).usedSize });
  }
  const result = { frames, heap, seconds: passed(), events: job.events.length };
  await context.close();
  return result;
}
