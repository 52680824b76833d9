/**
 * The web app in a browser on this machine: how soon a first visit can be used, whether the wall of a job (1,000 images)
 * keeps up with the screen while recorded events arrive, and whether the page's memory grows. The browser draws without a
 * graphics card. Prints a Markdown table.
 *
 *   npm run perf web [seconds] [images]
 */
import { linearRegression, mean, median } from 'simple-statistics';
import { launchBrowser } from '../../tests/support/clients/browser.js';
import { ServerProcess } from '../../tests/support/servers/server-process.js';
import { firstViews } from './first-view.js';
import { measureLiveWall } from './live-wall.js';

const SECONDS = Number(process.argv[2] ?? 600);
const ROUNDS = 10;
const IMAGES = Number(process.argv[3] ?? 1_000);
/** A frame of a screen with 60 Hz, and the tolerance of its clock, in ms. */
const FRAME_MS = 1_000 / 60;
const TOLERANCE_MS = 1;
const LONG_MS = 50;
const MEGABYTE = 1e6;

const [browser, server] = await Promise.all([launchBrowser(), ServerProcess.start({ LOG_LEVEL: 'silent' })]);
const { signIn, images, wall } = await measure().finally(() =>
  Promise.all([browser.close(), server.dispose()]),
);
const { frames, heap, seconds, events } = wall;

const count = (limitMs: number): string => {
  const late = frames.filter((ms) => ms > limitMs).length;
  return `${late} of ${frames.length} (${((100 * late) / frames.length).toFixed(2)} %)`;
};
const quarter = Math.max(1, Math.floor(heap.length / 4));
const megabytes = (bytes: number): string => `${(bytes / MEGABYTE).toFixed(2)} MB`;
const bytesOf = (replays: typeof heap): number => mean(replays.map(({ bytes }) => bytes));
// The first replay loads code and fills caches.
const growth = linearRegression(heap.slice(1).map(({ seconds, bytes }) => [seconds / 60, bytes]));
const rows = [
  [`sign-in can be used after, median of ${ROUNDS}`, `${median(signIn).toFixed(0)} ms`],
  [`images page of a signed-in user, median of ${ROUNDS}`, `${median(images).toFixed(0)} ms`],
  [`frames later than ${FRAME_MS.toFixed(1)} ms`, count(FRAME_MS + TOLERANCE_MS)],
  [`frames later than ${LONG_MS} ms`, count(LONG_MS)],
  ['longest time between frames', `${Math.max(...frames).toFixed(0)} ms`],
  ['heap, mean of the first quarter of replays', megabytes(bytesOf(heap.slice(0, quarter)))],
  ['heap, mean of the last quarter of replays', megabytes(bytesOf(heap.slice(-quarter)))],
  ['growth of the heap, least squares without the first replay', `${megabytes(growth.m)} per minute`],
];
console.log(
  `A job of ${IMAGES} images, ${events} recorded events, replayed ${heap.length} times in ${seconds.toFixed(0)} s.\n`,
);
console.log('| | |\n|---|---:|');
for (const [what, value] of rows) console.log(`| ${what} | ${value} |`);

async function measure() {
  const views = { rounds: ROUNDS, signedIn: false };
  return {
    signIn: await firstViews(browser, server.url, 'input[type=email]', views),
    images: await firstViews(browser, server.url, 'main h1', { ...views, signedIn: true }),
    wall: await measureLiveWall(browser, server.url, { imageCount: IMAGES, seconds: SECONDS }),
  };
}
