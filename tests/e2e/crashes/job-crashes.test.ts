import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { photoLikeJpeg } from '../../../src/benchmark/measure/photo-like.js';
import { campaignRuns } from '../../support/campaign.js';
import { acceptedJob, endedJob, expectSound, ProgressLog } from '../../support/checks/crash-checks.js';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { createJob, followJob } from '../../support/clients/job-client.js';
import {
  FAULT_SERVER,
  FAULT_STEPS,
  type FaultStep,
  FILE_STEPS,
  type FileStep,
  faultFile,
  faultOf,
} from '../../support/servers/faults/fault-steps.js';
import { descendantsOf, isAlive } from '../../support/servers/processes.js';
import { ServerProcess } from '../../support/servers/server-process.js';

const RANDOM_KILLS = campaignRuns(4, 30);
/** Takes some tens of milliseconds an image, so that a job of forty images lasts while hosts are replaced. */
const SLOW = { engine: 'JIMP', operations: [{ blur: { sigma: 4 } }] };
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

  it('of the compute host, twice', async () => {
    const api = server.pid;
    const many = Array.from({ length: 40 }, (_, i) => String(images[i % images.length]));
    const { id } = await createJob(client(), many, SLOW);
    jobs.push(id);
    const killed: number[] = [];
    for await (const event of followJob(client(), id)) {
      log.record(event);
      const [host] = await descendantsOf(api);
      if (host === undefined || killed.includes(host)) continue;
      if (event.completedCount === 0 || killed.length === 2) continue;
      killed.push(host);
      process.kill(host, 'SIGKILL');
    }
    expect(killed).toHaveLength(2);
    expect(isAlive(api)).toBe(true);
    expect(await endedJob(client(), id)).toMatchObject({ status: 'COMPLETED', completedCount: 40 });
  });

  it('of a worker process', async () => {
    const many = Array.from({ length: 40 }, (_, i) => String(images[i % images.length]));
    const { id } = await createJob(client(), many, { ...SLOW, pool: 'PROCESSES' });
    jobs.push(id);
    let victim: number | undefined;
    for await (const event of followJob(client(), id)) {
      log.record(event);
      if (event.completedCount === 0 || victim !== undefined) continue;
      victim = (await descendantsOf(server.pid)).at(-1);
      if (victim !== undefined) process.kill(victim, 'SIGKILL');
    }
    expect(victim).toBeDefined();
    expect(await endedJob(client(), id)).toMatchObject({ status: 'COMPLETED', completedCount: 40 });
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
