import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { photoLikeJpeg } from '../../../src/benchmark/measure/photo-like.js';
import { WORKER_POOLS } from '../../../src/execution/model.js';
import { STANDARD_PIPELINE } from '../../../src/imaging/operation.js';
import { eventually } from '../../support/eventually.js';
import { startTestHost, type TestHost } from '../../support/servers/compute-host.js';
import type { Fault } from '../workers/faulty-task.js';
import { startedFile } from '../workers/slow-start-task.js';

describe('the compute host', () => {
  let test: TestHost;

  beforeAll(async () => {
    test = await startTestHost();
    await test.storage.write('photo.jpg', await photoLikeJpeg(1, 320, 180));
  });
  afterAll(() => test.close());

  it.each(WORKER_POOLS)('stores the result of an image, on %s', async (pool) => {
    const resultKey = `results/${pool.toLowerCase()}.jpg`;
    const result = await test.client.process({
      ...test.request('NONE', { sourceKey: 'photo.jpg', resultKey, pool }),
      operations: STANDARD_PIPELINE,
    });
    const stored = await test.storage.read(resultKey);
    expect(result).toMatchObject({ format: 'JPEG', width: 800, height: 450, byteSize: stored.length });
    expect(result.durationMs).toBeGreaterThan(0);
    expect(await test.client.inspect(resultKey, 'user')).toMatchObject({ width: 800, height: 450 });
  });

  it('inspects a stored file', async () => {
    const info = await test.client.inspect('photo.jpg', 'user');
    expect(info).toEqual({ format: 'JPEG', width: 320, height: 180, frames: 1 });
  });

  it('refuses what is no image, and what is not there', async () => {
    const noImage = test.client.inspect('source.bin', 'user');
    await expect(noImage).rejects.toMatchObject({ code: 'UNSUPPORTED_MEDIA' });
    const missing = test.request('NONE', { sourceKey: 'none.jpg' });
    await expect(test.client.process(missing)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('keeps the code of a failure', async () => {
    await expect(test.client.process(test.request('THROW'))).rejects.toMatchObject({
      name: 'AppError',
      code: 'UNSUPPORTED_MEDIA',
      message: 'no image',
    });
  });

  it('leaves no file of a call whose result cannot be stored, and continues', async () => {
    const request = test.request('NONE', { resultKey: '../outside.bin' });
    await expect(test.client.process(request)).rejects.toThrow();
    await expect(test.client.process(test.request('NONE'))).resolves.toMatchObject({ byteSize: 6 });
  });

  it('refuses politely when its line is full, and looks at uploads all the same', async () => {
    const stop = new AbortController();
    const endless = Array.from({ length: 52 }, () =>
      test.client.process(test.request('NEVER'), { signal: stop.signal }),
    );
    const settled = Promise.allSettled(endless);
    const refused = await test.client.process(test.request('NONE')).catch((error) => error);
    expect(refused).toMatchObject({ code: 'SERVER_BUSY' });
    expect(refused.details.retryAfterMs).toBeGreaterThan(0);
    await eventually(() => test.client.stats().running === 2);
    expect(test.client.stats()).toEqual({ running: 2, waiting: 50, workers: 2, imagesInFlight: 2 });
    await expect(test.client.inspect('photo.jpg', 'user')).resolves.toMatchObject({ width: 320 });
    stop.abort();
    for (const outcome of await settled) expect(outcome).toMatchObject({ reason: { code: 'CANCELLED' } });
    expect(test.client.stats()).toMatchObject({ running: 0, waiting: 0 });
    await expect(test.client.process(test.request('NONE'))).resolves.toMatchObject({ byteSize: 6 });
  });

  it('reports its resource usage', async () => {
    await eventually(() => test.client.usage() !== undefined);
    expect(test.client.usage()?.rssBytes).toBeGreaterThan(20e6);
    expect(test.client.usage()?.cpuSeconds).toBeGreaterThan(0);
  });

  it('serves owners in turn', async () => {
    const order: string[] = [];
    const gate = test.gate();
    const call = async (owner: string, fault: Fault = 'PAUSE 20') => {
      await test.client.process(test.request(fault, { owner }));
      order.push(owner);
    };
    // Begun before the others are made: of several calls, that whose source is read first is computed first.
    const begun = [call('many', gate.fault), call('many', gate.fault)];
    await eventually(() => test.client.stats().running === 2);
    const others = [...Array(18).fill('many'), 'one', 'other'].map((owner) => call(owner));
    // Sent after all others; its answer shows that they have arrived.
    await test.client.inspect('photo.jpg', 'user');
    await gate.open();
    await Promise.all([...begun, ...others]);
    // Two of the many were running; after them and at most one more, the other owners are served.
    expect(order.indexOf('one')).toBeLessThanOrEqual(4);
    expect(order.indexOf('other')).toBeLessThanOrEqual(5);
  });

  it('calls off what waits and what computes', async () => {
    const stop = new AbortController();
    const start = (...faults: Fault[]) =>
      Promise.allSettled(
        faults.map((fault) => test.client.process(test.request(fault), { signal: stop.signal })),
      );
    const computing = start('HANG', 'NEVER');
    await eventually(() => test.client.stats().running === 2);
    const waiting = start('HANG', 'NONE');
    stop.abort();
    for (const outcome of [...(await computing), ...(await waiting)])
      expect(outcome).toMatchObject({ reason: { code: 'CANCELLED' } });
    await expect(test.client.process(test.request('NONE'))).resolves.toMatchObject({ byteSize: 6 });
    expect(test.hosts).toHaveLength(1);
  });

  it('calls off what waits for workers that are still starting, and keeps them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'slow-start-'));
    const ready = join(folder, 'ready');
    const taskModule = new URL(`../workers/slow-start-task.js?ready=${ready}`, import.meta.url).href;
    const starting = await startTestHost({ taskModule });
    const stop = new AbortController();
    const off = starting.client.process(starting.request('NONE'), { signal: stop.signal });
    const other = starting.client.process(starting.request('NONE'));
    await eventually(() => existsSync(startedFile(ready)));
    stop.abort();
    await expect(off).rejects.toMatchObject({ code: 'CANCELLED' });
    await writeFile(ready, '');
    await expect(other).resolves.toMatchObject({ byteSize: 6 });
    expect(starting.hosts).toHaveLength(1);
    await starting.close();
    await rm(folder, { recursive: true });
  });

  it('starts no call that was cancelled, and stops those that it has started', async () => {
    const leaving = new AbortController();
    const gate = test.gate();
    const start = (fault: Fault) => test.client.process(test.request(fault), { unwanted: leaving.signal });
    const computing = Promise.allSettled([start(gate.fault), start(gate.fault)]);
    await eventually(() => test.client.stats().running === 2);
    const waiting = start('NONE');
    leaving.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    await gate.open();
    expect((await computing).map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  });

  it('does not start a call that was cancelled before', async () => {
    const call = test.client.process(test.request('HANG'), { signal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
