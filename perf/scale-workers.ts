/** Speed-up of a second worker process, and where the remaining time is spent; see `scale.ts`. */
import { median } from 'simple-statistics';
import { photoLikeJpeg } from '../src/benchmark/measure/photo-like.js';
import type { Executor, Task } from '../src/execution/executor.js';
import { createExecutor } from '../src/execution/models/create-executor.js';
import { DEFAULT_IMAGING_LIMITS } from '../src/imaging/limits.js';
import { STANDARD_PIPELINE } from '../src/imaging/operation.js';
import type { GraphQLClient } from '../tests/support/clients/graphql-client.js';
import { type Cluster, follow, startJob } from '../tests/support/servers/cluster.js';
import { descendantsOf } from '../tests/support/servers/processes.js';
import { atHalfSpeed } from './half-speed.js';
import { show } from './scale-postgresql.js';
import { Spending } from './spending.js';
import { STANDARD_INPUT } from './standard-input.js';

/** Images that keep one worker busy for about twenty seconds. */
const IMAGES = { SHARP: 480, JIMP: 96 } as const;
export type Engine = keyof typeof IMAGES;
/** Images that a process computes before it is measured: by then its code is compiled. */
const WARM_UP = { SHARP: 32, JIMP: 8 } as const;
/** The share of the images that is computed at half speed, so that it takes as long. */
const SHARE_AT_HALF_SPEED = 0.5;

/** A cluster of one API and some workers, and a user of it with images. */
export interface Member {
  cluster: Cluster;
  client: GraphQLClient;
  ids: string[];
}

/** One of the arrangements that are measured in turn: a number of processes that compute images. */
interface Contender {
  /** Computes this number of images; returns milliseconds of wall time. */
  compute(images: number): Promise<number>;
  close(): Promise<void>;
}

/** Measures in turn: the same job with one worker and with two, and the bare work with one process and with two. */
export async function twoWorkers(engine: Engine, members: readonly Member[], rounds: number): Promise<void> {
  const spent = members.map(() => new Spending());
  const workers = members.map((member, i) => jobs(engine, member, spent[i] as Spending));
  const bare = await Promise.all(members.map((_, i) => bareProcesses(engine, i + 1)));
  const slowed = members.map((member) => jobsAtHalfSpeed(engine, member));
  const contenders = [...workers, ...bare, ...slowed];
  for (const { compute } of contenders) await compute(2 * WARM_UP[engine]);
  for (const spending of spent) spending.forget();
  const times = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, { compute }] of contenders.entries())
      times[i]?.push((await compute(IMAGES[engine])) / IMAGES[engine]);
  }
  for (const { close } of contenders) await close();

  const [one = [], two = [], bareOne = [], bareTwo = [], slowOne = [], slowTwo = []] = times;
  showPair('worker process', engine, one, two);
  showPair('bare process', engine, bareOne, bareTwo);
  showPair('worker on half a processor', engine, slowOne, slowTwo);
  for (const [i, spending] of spent.entries())
    show(
      `processor time an image, with ${['one worker', 'two'][i]}`,
      spending.inWords(rounds * IMAGES[engine]),
    );
}

/** Medians over the rounds; of the ratio too, as what slows a round down falls on both of its figures. */
function showPair(what: string, engine: Engine, oneMs: readonly number[], twoMs: readonly number[]): void {
  const rate = (ms: readonly number[]) => `${(1000 / median([...ms])).toFixed(1)} images/s`;
  const ratios = oneMs.map((ms, round) => ms / (twoMs[round] ?? Number.NaN));
  const each = ratios.map((ratio) => ratio.toFixed(2)).join(', ');
  show(`one ${what}, 1080p standard pipeline, ${engine}`, rate(oneMs));
  show('two', `${rate(twoMs)}, ${median(ratios).toFixed(2)}x (${each})`);
}

/** Jobs of a cluster. */
function jobs(engine: Engine, member: Member, spending: Spending): Contender {
  return {
    compute: (images) =>
      spending.during(member.cluster, async () => {
        return (await runJob(member, member.ids, images, STANDARD_INPUT, engine)).durationMs;
      }),
    close: async () => undefined,
  };
}

/** Jobs of a cluster whose workers leave the processors room for everything else. */
function jobsAtHalfSpeed(engine: Engine, member: Member): Contender {
  return {
    compute: async (images) => {
      const hosts = await Promise.all(member.cluster.workers.map(({ pid }) => descendantsOf(pid)));
      const goOn = atHalfSpeed(hosts.flat());
      try {
        const half = Math.round(images * SHARE_AT_HALF_SPEED);
        const { durationMs } = await runJob(member, member.ids, half, STANDARD_INPUT, engine);
        return durationMs / SHARE_AT_HALF_SPEED;
      } finally {
        goOn();
      }
    },
    close: async () => undefined,
  };
}

/** Processes that only compute: no API, no rows, no files. */
async function bareProcesses(engine: Engine, workers: number): Promise<Contender> {
  const executor: Executor = createExecutor('PROCESSES', { workers, preload: [engine] });
  await executor.start();
  const operations = STANDARD_PIPELINE;
  const photos = await Promise.all(Array.from({ length: 10 }, (_, seed) => photoLikeJpeg(seed)));
  const tasks = photos.map((bytes): Task => {
    return { kind: 'IMAGE', bytes, engine, operations, limits: DEFAULT_IMAGING_LIMITS };
  });
  return {
    compute: async (images) => {
      const started = performance.now();
      await executor.run(Array.from({ length: images }, (_, i) => tasks[i % tasks.length] as Task));
      return performance.now() - started;
    },
    close: () => executor.stop(),
  };
}

export async function runJob(
  { cluster, client }: Member,
  ids: readonly string[],
  items: number,
  operations: object[],
  engine?: Engine,
) {
  const id = await startJob(client, ids, items, operations, engine);
  await follow(cluster.apis[0]?.url ?? '', client.token, id);
  const { job } = await client.get(`{ job(id: "${id}") { status durationMs createdAt startedAt } }`);
  if (job.status !== 'COMPLETED') throw new Error(`The job ended as ${job.status}`);
  return job as { durationMs: number; createdAt: string; startedAt: string };
}
