import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { photoLikeJpeg } from '../../src/imaging/photo-like.js';
import { acceptedJob, endedJob, expectSound } from '../support/crash-checks.js';
import { FAULT_STEPS } from '../support/fault-steps.js';
import type { GraphQLClient } from '../support/graphql-client.js';
import { createJob, followJob } from '../support/job-client.js';
import { descendantsOf, isAlive } from '../support/processes.js';
import { ServerProcess } from '../support/server-process.js';

const RANDOM_KILLS = 30;
const FAULTY = new URL('../support/fault-server.js', import.meta.url).pathname;

describe('SIGKILL loses no job, no item and no byte, and does nothing twice', () => {
  let server: ServerProcess;
  let token: string | undefined;
  const images: string[] = [];
  const jobs: string[] = [];
  /** One to the server that runs now: it has another port each time. */
  const client = (): GraphQLClient => Object.assign(server.client(), { token });
  const restart = async () => {
    await server.gone();
    await server.start();
  };

  beforeAll(async () => {
    const photos = await Promise.all([1, 2, 3, 4, 5, 6].map((seed) => photoLikeJpeg(seed, 320, 240)));
    server = await ServerProcess.start({ WORKERS: '2', ACCESS_TOKEN_SECONDS: '3600' });
    const first = server.client();
    await first.register();
    token = first.token;
    for (const photo of photos) images.push((await first.upload(photo)).id);
  });
  afterAll(() => server.dispose());

  it.each(FAULT_STEPS)('of the server, when an item is %s', async (step) => {
    await server.end();
    await server.start({ FAULT_STEP: step }, FAULTY);
    let restarted = false;
    // Some steps come before the answer, which then is the next server's.
    const revive = async () => {
      restarted = true;
      await restart();
    };
    jobs.push(await acceptedJob(client, images, step, revive));
    if (!restarted) await restart();
    await expectSound(server, client(), images.length, jobs);
  });

  it('of the compute host, twice', async () => {
    const api = server.pid;
    const many = Array.from({ length: 40 }, (_, i) => String(images[i % images.length]));
    const { id } = await createJob(client(), many);
    jobs.push(id);
    const killed: number[] = [];
    for await (const { completedCount } of followJob(client(), id)) {
      const [host] = await descendantsOf(api);
      if (host === undefined || killed.includes(host)) continue;
      if (completedCount === 0 || killed.length === 2) continue;
      killed.push(host);
      process.kill(host, 'SIGKILL');
    }
    expect(killed).toHaveLength(2);
    expect(await isAlive(api)).toBe(true);
    // What a host was writing when it died is removed when the server starts.
    await server.end();
    await restart();
    await expectSound(server, client(), images.length, jobs);
  });

  it('of a worker process', async () => {
    const many = Array.from({ length: 40 }, (_, i) => String(images[i % images.length]));
    const { id } = await createJob(client(), many, { pool: 'PROCESSES' });
    jobs.push(id);
    let victim: number | undefined;
    for await (const { completedCount } of followJob(client(), id)) {
      if (completedCount === 0 || victim !== undefined) continue;
      victim = (await descendantsOf(server.pid)).at(-1);
      if (victim !== undefined) process.kill(victim, 'SIGKILL');
    }
    expect(victim).toBeDefined();
    await expectSound(server, client(), images.length, jobs);
  });

  it(`of the server, at ${RANDOM_KILLS} random moments`, async () => {
    const seqs = new Map<string, number>();
    for (let kill = 0; kill < RANDOM_KILLS; kill++) {
      const asking = acceptedJob(client, images, `job ${kill}`, restart);
      await delay(Math.random() * 150);
      await server.end('SIGKILL');
      jobs.push(await asking);
      if (!(await isAlive(server.pid))) await restart();
      // What was told once is never taken back.
      for (const id of jobs.slice(-3)) {
        const { seq } = (await followJob(client(), id).next()).value ?? { seq: -1 };
        expect(seq).toBeGreaterThanOrEqual(seqs.get(id) ?? 0);
        seqs.set(id, seq);
      }
    }
    for (const id of jobs) await endedJob(client(), id);
    await expectSound(server, client(), images.length, jobs);
  }, 120_000);
});
