import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { ComputeRequest } from '../../../src/execution/compute.js';
import { WORKER_POOLS } from '../../../src/execution/model.js';
import { eventually } from '../../support/eventually.js';
import { startTestHost, type TestHost } from '../../support/servers/compute-host.js';
import type { Fault } from '../workers/faulty-task.js';

const IN_FLIGHT = 4;

describe.each(WORKER_POOLS)('a compute host of two workers with four images in flight, on %s,', (pool) => {
  let test: TestHost;
  let stop: AbortController;

  beforeEach(async () => {
    stop = new AbortController();
    test = await startTestHost({ pool, workers: 2, imagesInFlight: IN_FLIGHT });
  });
  afterEach(() => test.close());

  const start = (fault: Fault, changes: Partial<ComputeRequest> = {}, { signal } = stop) =>
    test.client.process(test.request(fault, changes), { signal });
  const startAll = (faults: readonly Fault[], changes: Partial<ComputeRequest> = {}) =>
    Promise.allSettled(faults.map((fault) => start(fault, changes)));
  const never = (count: number) => Array<Fault>(count).fill('NEVER');
  const running = (count: number) => eventually(() => test.client.stats().running === count);

  it.each([
    ['SHARP', IN_FLIGHT],
    ['JIMP', 2],
  ] as const)('computes at most this many on %s: %i', async (engine, most) => {
    const calls = startAll(never(6), { engine });
    await running(most);
    // Sent after them; its answer shows that the host has had the time to start more.
    await test.client.inspect('source.bin', 'user').catch(() => undefined);
    expect(test.client.stats()).toEqual({ running: most, waiting: 6 - most, workers: 2, imagesInFlight: 4 });
    stop.abort();
    for (const call of await calls) expect(call).toMatchObject({ reason: { code: 'CANCELLED' } });
    expect(test.hosts).toHaveLength(1);
  });

  it('computes one on JIMP beside two on SHARP', async () => {
    const onJimp = startAll(never(1), { engine: 'JIMP', owner: 'a' });
    await running(1);
    const onSharp = startAll(never(4), { owner: 'b' });
    await running(3);
    stop.abort();
    await Promise.all([onJimp, onSharp]);
  });

  it('loses the image of a crashed worker alone', async () => {
    const { fault, open } = test.gate();
    const calls = startAll([fault, fault, fault]);
    await running(3);
    await expect(start('EXIT')).rejects.toMatchObject({
      details: { reason: 'WORKER_EXITED', retryable: true },
    });
    await open();
    expect((await calls).map(({ status }) => status)).toEqual(Array(3).fill('fulfilled'));
    expect(test.hosts).toHaveLength(1);
  });

  it('cancels one image and completes those beside it', async () => {
    const { fault, open } = test.gate();
    const calls = startAll([fault, fault, fault]);
    const one = new AbortController();
    const cancelled = start('NEVER', {}, one);
    await running(IN_FLIGHT);
    one.abort();
    await expect(cancelled).rejects.toMatchObject({ code: 'CANCELLED' });
    await open();
    expect((await calls).map(({ status }) => status)).toEqual(Array(3).fill('fulfilled'));
  });

  it('fails every image in flight when the host is killed, and computes those that waited', async () => {
    const calls = startAll(never(IN_FLIGHT));
    await running(IN_FLIGHT);
    const waiting = startAll(['NONE', 'NONE']);
    process.kill(test.hosts[0] ?? 0, 'SIGKILL');
    for (const call of await calls) {
      expect(call).toMatchObject({ reason: { details: { reason: 'HOST_EXITED', retryable: true } } });
    }
    expect((await waiting).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  });
});
