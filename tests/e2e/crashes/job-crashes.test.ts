import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { photoLikeJpeg } from '../../../src/benchmark/measure/photo-like.js';
import { campaignRuns } from '../../support/campaign.js';
import { acceptedJob, endedJob, expectSound, ProgressLog } from '../../support/checks/crash-checks.js';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { createJob, readJob } from '../../support/clients/job-client.js';
import { eventually, readUntil } from '../../support/eventually.js';
import {
  FAULT_STEPS,
  type FaultStep,
  FILE_STEPS,
  type FileStep,
  faultFile,
  faultOf,
} from '../../support/servers/faults/fault-steps.js';
import { hold, release } from '../../support/servers/faults/hold.js';
import { descendantsOf, isAlive } from '../../support/servers/processes.js';
import { FAULT_SERVER } from '../../support/servers/programs.js';
import { ServerProcess } from '../../support/servers/server-process.js';

const RANDOM_KILLS = campaignRuns(4, 30);
/** Takes some tens of milliseconds an image, so that a host is killed while it computes. */
const SLOW = { engine: 'JIMP', operations: [{ blur: { sigma: 4 } }] };
/** Images of a job that are computed before the rest is held. */
const HELD_AT = 10;
/** Each step for the first item, and for a later one, after others have ended. */
const DEATHS: [FaultStep, number][] = [
  ...FAULT_STEPS.map((step): [FaultStep, number] => [step, 0]),
  ...([
    ['STARTED', 4],
    ['COMPUTED', 3],
    // Several items are published together, so six items cause more than one event.
    ['WRITTEN', 1],
  ] as [FaultStep, number][]),
];

describe('SIGKILL loses no job, no item and no byte, and does nothing twice', () => {
  let server: ServerProcess;
  let token: string | undefined;
  const images: string[] = [];
  const jobs: string[] = [];
  const log = new ProgressLog();
  /** Client of the running server, whose port changes with each start. */
  const client = (): GraphQLClient => Object.assign(server.client(), { token });
  let program: string | undefined = FAULT_SERVER;
  const restart = async () => {
    await server.gone();
    await server.start({}, program);
  };
  const arm = (step: FaultStep | FileStep, skip: number) =>
    writeFile(faultFile(server.folder), faultOf(step, skip));

  beforeAll(async () => {
    const photos = await Promise.all([1, 2, 3, 4, 5, 6].map((seed) => photoLikeJpeg(seed, 320, 240)));
    server = await ServerProcess.start({ WORKERS: '2', ACCESS_TOKEN_SECONDS: '3600' });
    const first = server.client();
    await first.register();
    token = first.token;
    for (const photo of photos) images.push((await first.upload(photo)).id);
    await server.end();
    await restart();
  });
  afterAll(() => server.dispose());

  it.each(DEATHS)('of the server, when an item is %s, after %i others', async (step, skip) => {
    await arm(step, skip);
    let restarted = false;
    // At some steps the server dies before it answers; the next one does.
    const revive = async () => {
      restarted = true;
      await restart();
    };
    const id = await acceptedJob(client, images, `${step} ${skip}`, revive);
    jobs.push(id);
    if (!restarted) {
      await log.follow(client(), id);
      await restart();
    }
    await log.follow(client(), id);
    await expectSound(server, client(), images.length, jobs);
  });

  it.each(FILE_STEPS)('of the compute host, when the third result is a %s', async (step) => {
    await arm(step, 2);
    const api = server.pid;
    const { id } = await createJob(client(), images);
    jobs.push(id);
    await log.follow(client(), id);
    expect(existsSync(faultFile(server.folder))).toBe(false);
    expect(isAlive(api)).toBe(true);
    expect(await endedJob(client(), id)).toMatchObject({ status: 'COMPLETED', failedCount: 0 });
  });

  it('leaves nothing of what hosts were writing when they died, once the server starts', async () => {
    await server.end();
    // From here on the program that is shipped.
    program = undefined;
    await restart();
    await expectSound(server, client(), images.length, jobs);
  });

  describe('in the middle of a job of forty images', () => {
    beforeAll(async () => {
      await server.end();
      await server.start({}, FAULT_SERVER);
    });
    afterAll(async () => {
      await server.end();
      await server.start();
    });

    /** Starts the job, calls the function once an item is completed, and expects that the job completes. */
    async function expectSurvived(changes: object, kill: (jobId: string) => Promise<void>): Promise<void> {
      const many = Array.from({ length: 40 }, (_, i) => String(images[i % images.length]));
      // However late this process hears of the items, the job has not ended.
      await hold(server.folder, 'IMAGES', HELD_AT);
      const { id } = await createJob(client(), many, { ...SLOW, ...changes });
      jobs.push(id);
      const api = server.pid;
      const following = log.follow(client(), id);
      await eventually(async () => (await completedOf(id)) > 0);
      await kill(id);
      await release(server.folder, 'IMAGES');
      await following;
      expect(isAlive(api)).toBe(true);
      expect(await endedJob(client(), id)).toMatchObject({ status: 'COMPLETED', completedCount: 40 });
    }
    const completedOf = async (id: string): Promise<number> => (await readJob(client(), id)).completedCount;

    it('of the compute host, twice', async () => {
      await expectSurvived({}, async (id) => {
        const [first] = await descendantsOf(server.pid);
        const before = await completedOf(id);
        process.kill(Number(first), 'SIGKILL');
        // More than the images that the host was computing, which are computed again.
        await hold(server.folder, 'IMAGES', 2 * HELD_AT);
        await eventually(async () => (await completedOf(id)) > before);
        const second = await readUntil(
          async () => (await descendantsOf(server.pid))[0],
          (host) => host !== undefined && host !== first,
        );
        process.kill(Number(second), 'SIGKILL');
      });
    });

    it('of a worker process', async () => {
      await expectSurvived({ pool: 'PROCESSES' }, async () => {
        const victim = (await descendantsOf(server.pid)).at(-1);
        process.kill(Number(victim), 'SIGKILL');
      });
    });
  });

  it(`of the server, at ${RANDOM_KILLS} random moments`, async () => {
    const following: Promise<void>[] = [];
    for (let kill = 0; kill < RANDOM_KILLS; kill++) {
      const asking = acceptedJob(client, images, `job ${kill}`, restart);
      await delay(Math.random() * 150);
      await server.end('SIGKILL');
      jobs.push(await asking);
      if (!isAlive(server.pid)) await restart();
      following.push(...jobs.slice(-3).map((id) => log.follow(client(), id)));
    }
    await Promise.all(following);
    for (const id of jobs) await endedJob(client(), id);
    await expectSound(server, client(), images.length, jobs);
  });

  it('and published progress of a job never decreases', async () => {
    for (const id of jobs) await log.follow(client(), id);
    expect(log.decreased).toEqual([]);
    expect(log.events).toBeGreaterThan(2 * jobs.length);
  });
});
