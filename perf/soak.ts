/**
 * Mixed work of several users on the compiled server, and whether anything grows with it: memory, descriptors, processes,
 * threads, unfinished files, rows. Fails where something grew beyond its bound, where files and rows differ when all is
 * over, or where a request failed that should not.
 *
 *   npm run perf soak [minutes]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { photoLikeJpeg } from '../src/benchmark/measure/photo-like.js';
import { HELD_MALLOC } from '../src/execution/machine/compute-environment.js';
import { ServerProcess } from '../tests/support/servers/server-process.js';
import { BOUNDS, leftOver, MEASURES, type Sample, takeSample, trendOf } from './soak-samples.js';
import { SoakUser } from './soak-work.js';

const MINUTES = Number(process.argv[2] ?? 10);
const USERS = 4;
const SAMPLE_MS = 5_000;
const BENCHMARK_MS = 60_000;
/** The server bounds how often one signs in. */
const SESSION_MS = 100_000;

/** How often each is done beside the others. */
const WEIGHTS = {
  upload: 20,
  abortedUpload: 5,
  refusedUpload: 5,
  process: 20,
  job: 6,
  cancelledJob: 3,
  droppedSubscription: 4,
} as const satisfies Partial<Record<keyof SoakUser, number>>;

type Activity = keyof typeof WEIGHTS | 'session' | 'benchmark';

const buffers = await mkdtemp(join(tmpdir(), 'nogil-bench-soak-'));
const server = await ServerProcess.start({
  ...HELD_MALLOC,
  LOG_LEVEL: 'warn',
  TMPDIR: buffers,
  ACCESS_TOKEN_SECONDS: '3600',
  // A small heap is collected often, and what stays in it shows: otherwise V8 lets garbage pile up for minutes, and the
  // room that it keeps for young objects turns resident bit by bit, whatever is kept.
  NODE_OPTIONS: '--max-old-space-size=120 --max-semi-space-size=8',
  WORKER_MEMORY_MB: '64',
});
const done = new Map<Activity, number>();
const failures: string[] = [];
const end = performance.now() + MINUTES * 60_000;

async function act(user: SoakUser, activity: Activity): Promise<void> {
  try {
    await user[activity]();
    done.set(activity, (done.get(activity) ?? 0) + 1);
  } catch (error) {
    failures.push(`${activity}: ${(error as Error).message}`);
    await delay(1_000);
  }
}

async function live(user: SoakUser, index: number): Promise<void> {
  const bag = Object.entries(WEIGHTS).flatMap(([name, weight]) => new Array(weight).fill(name)) as Activity[];
  let sessionAt = performance.now() + (SESSION_MS * (index + 1)) / USERS;
  let benchmarkAt = index === 0 ? performance.now() + 10_000 : Number.POSITIVE_INFINITY;
  while (performance.now() < end) {
    const now = performance.now();
    if (now > sessionAt) {
      sessionAt = now + SESSION_MS;
      await act(user, 'session');
    } else if (now > benchmarkAt) {
      benchmarkAt = now + BENCHMARK_MS;
      await act(user, 'benchmark');
    } else await act(user, bag[Math.floor(Math.random() * bag.length)] as Activity);
  }
}

async function watch(samples: Sample[]): Promise<void> {
  while (performance.now() < end) {
    samples.push(await takeSample(server, buffers));
    await delay(SAMPLE_MS);
  }
}

function report(samples: readonly Sample[]): boolean {
  console.log(
    `${MINUTES} minutes, ${USERS} users; ${[...done].map((entry) => entry.join(' ')).join(', ')}\n`,
  );
  console.log('| | first | median | last | slope an hour | bound | |\n|---|---:|---:|---:|---:|---:|---|');
  let grew = false;
  for (const measure of MEASURES) {
    const trend = trendOf(samples, measure);
    grew ||= trend.grew;
    const figures = [trend.first, trend.median, trend.last].map((value) => value.toFixed(1));
    const slope = `${trend.slope.toFixed(0)} ± ${(2 * trend.error).toFixed(0)}`;
    console.log(
      `| ${[measure, ...figures, slope, BOUNDS[measure], trend.grew ? 'GREW' : 'level'].join(' | ')} |`,
    );
  }
  return grew;
}

try {
  const photos = await Promise.all([1, 2, 3].map((seed) => photoLikeJpeg(seed, 960, 540)));
  const users = Array.from({ length: USERS }, () => new SoakUser(server.client(), photos));
  await Promise.all(users.map((user) => user.start()));
  const samples: Sample[] = [];
  await Promise.all([watch(samples), ...users.map(live)]);
  const grew = report(samples);
  for (const user of users) await user.end();
  await delay(2_000);
  const left = await leftOver(server, buffers);
  for (const line of left) console.log(line);
  for (const line of new Set(failures)) console.log(`failed: ${line}`);
  const exit = await server.end();
  console.log(`ended with ${exit}; ${left.length} left over, ${failures.length} failed`);
  process.exitCode = grew || left.length > 0 || failures.length > 0 || exit !== 0 ? 1 : 0;
} finally {
  await server.dispose();
  await rm(buffers, { recursive: true, force: true });
}
