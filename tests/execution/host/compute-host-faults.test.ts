import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WORKER_POOLS } from '../../../src/execution/model.js';
import { sharp } from '../../../src/imaging/engines/sharp/sharp-library.js';
import type { Operation } from '../../../src/imaging/operation.js';
import { eventually } from '../../support/eventually.js';
import { blur } from '../../support/fakes/run-engine.js';
import { inParallel } from '../../support/in-parallel.js';
import { startTestHost, type TestHost } from '../../support/servers/compute-host.js';
import type { Fault } from '../workers/faulty-task.js';

/** Far longer than a task takes that ends by itself, on a machine that stalls. */
const TIME_LIMIT_MS = 8_000;
const lost = (reason: string) => ({ code: 'PROCESSING_FAILED', details: { reason, retryable: true } });

describe.each(WORKER_POOLS)('a worker of the compute host, on %s,', (pool) => {
  let test: TestHost;

  beforeAll(async () => {
    test = await startTestHost({ pool, workerMemoryMb: 64 });
  });
  afterAll(() => test.close());

  it.each([
    ['EXIT', 'WORKER_EXITED'],
    ['UNCAUGHT', 'WORKER_EXITED'],
    ['HEAP', 'OUT_OF_MEMORY'],
  ] as [Fault, string][])('that meets %s costs its own call alone', async (fault, reason) => {
    const [bad, ...good] = await Promise.allSettled(
      [fault, 'NONE', 'NONE', 'NONE'].map((name) => test.client.process(test.request(name as Fault))),
    );
    expect(bad).toMatchObject({ status: 'rejected', reason: lost(reason) });
    expect(good.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled']);
    expect(test.hosts).toHaveLength(1);
  });
});

for (const pool of WORKER_POOLS) {
  const givenUp = inParallel(async () => {
    const test = await startTestHost({ pool, taskTimeoutMs: TIME_LIMIT_MS });
    const bad = (['BLOCK', 'NEVER'] as const).map((fault) => test.client.process(test.request(fault)));
    const failed = await Promise.allSettled(bad);
    const good = [1, 2].map(() => test.client.process(test.request('NONE')));
    const done = await Promise.all(good);
    await test.close();
    return { failed, done };
  });

  it(`a task of the compute host, on ${pool}, that blocks its thread, or waits for ever, is given up after its time`, async () => {
    const { failed, done } = await givenUp();
    for (const outcome of failed) expect(outcome).toMatchObject({ reason: lost('TIMEOUT') });
    expect(done).toMatchObject([{ byteSize: 6 }, { byteSize: 6 }]);
  });
}

describe('an image that SHARP takes too long for', () => {
  let test: TestHost;

  beforeAll(async () => {
    test = await startTestHost({ taskTimeoutMs: TIME_LIMIT_MS });
  });
  afterAll(() => test.close());

  it('fails alone, and costs neither worker nor host', async () => {
    const large = sharp({ create: { width: 7_000, height: 7_000, channels: 3, background: '#123456' } });
    await test.storage.write('large.png', await large.png().toBuffer());
    // Ten passes of many seconds. libvips ends by itself at its limit; on a busy machine the pool reports it first.
    const operations = new Array<Operation>(10).fill(blur(100));
    const slow = { ...test.request('NONE', { sourceKey: 'large.png' }), operations };
    const [bad, good] = await Promise.allSettled([
      test.client.process(slow),
      test.client.process(test.request('PAUSE 1000')),
    ]);
    expect(bad).toMatchObject({ reason: lost('TIMEOUT') });
    expect(good).toMatchObject({ status: 'fulfilled' });
    expect(test.hosts).toHaveLength(1);
  });
});

it('a host that does not call a call off is replaced, and does the other calls again', async () => {
  const test = await startTestHost({ heartbeatMs: 60_000, cancelDeadlineMs: 1_800 });
  const stop = new AbortController();
  const off = test.client.process(test.request('NEVER'), { signal: stop.signal });
  const gate = test.gate();
  const other = test.client.process(test.request(gate.fault));
  const settled = Promise.allSettled([off, other]);
  await eventually(() => test.client.stats().running === 2);
  process.kill(test.hosts[0] ?? 0, 'SIGSTOP');
  await gate.open();
  stop.abort();
  expect(await settled).toMatchObject([{ reason: { code: 'CANCELLED' } }, { value: { byteSize: 6 } }]);
  expect(test.hosts).toHaveLength(2);
  await test.close();
});

describe('the compute host, lost,', () => {
  let test: TestHost;

  beforeAll(async () => {
    test = await startTestHost({ hostMemoryMb: 400, heartbeatMs: 500 });
  });
  afterAll(() => test.close());

  const host = () => test.hosts.at(-1) ?? 0;

  /**
   * How they end: a call that waits for ever and one with a fault, each begun before the next is made, as whichever source
   * is read first is computed first; and two that wait behind them. `harm` is done when all have been made.
   */
  const lostAfter = async (fault: Fault, harm?: () => void) => {
    const calls: Promise<PromiseSettledResult<unknown>[]>[] = [];
    let ended = false;
    for (const each of ['NEVER', fault] as const) {
      const call = test.client.process(test.request(each));
      calls.push(
        Promise.allSettled([call]).finally(() => {
          ended = true;
        }),
      );
      await eventually(() => test.client.stats().running === calls.length || ended);
    }
    const waiting = ['NONE', 'NONE'] as const;
    calls.push(Promise.allSettled(waiting.map((name) => test.client.process(test.request(name)))));
    harm?.();
    return (await Promise.all(calls)).flat();
  };

  it.each([
    ['killed', 'SIGKILL'],
    ['not answering any more', 'SIGSTOP'],
  ] as const)('as it was %s, fails what it had begun and is replaced', async (_how, signal) => {
    // Before its first answer to a heartbeat a host has two minutes, because it may still load.
    await eventually(() => test.client.usage() !== undefined);
    const known = host();
    const [first, second, ...waiting] = await lostAfter('HANG', () => process.kill(known, signal));
    expect(first).toMatchObject({ reason: lost('HOST_EXITED') });
    expect(second).toMatchObject({ reason: lost('HOST_EXITED') });
    expect(waiting.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    expect(host()).not.toBe(known);
  });

  it('as it used too much memory, says so and is replaced', async () => {
    const [first, second, ...waiting] = await lostAfter('BUFFERS');
    expect(first).toMatchObject({ reason: lost('OUT_OF_MEMORY') });
    expect(second).toMatchObject({ reason: lost('OUT_OF_MEMORY') });
    expect(waiting.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  });

  it('fails the started tasks after a crash, and is replaced', async () => {
    const [first, second, ...waiting] = await lostAfter('CRASH');
    expect(first).toMatchObject({ reason: lost('HOST_EXITED') });
    expect(second).toMatchObject({ reason: lost('HOST_EXITED') });
    expect(waiting.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
  });

  it('repeats the other calls when native code continued for a cancelled call', async () => {
    const known = host();
    const stop = new AbortController();
    const native = test.native();
    const cancelled = test.client.process(test.request(native.fault), { signal: stop.signal });
    const settled = Promise.allSettled([cancelled]);
    const gate = test.gate();
    const other = test.client.process(test.request(gate.fault));
    await eventually(() => test.client.stats().running === 2);
    // A call that is cancelled before its task runs ends without harm.
    await native.begun();
    stop.abort();
    expect(await settled).toMatchObject([{ reason: { code: 'CANCELLED' } }]);
    await eventually(() => host() !== known);
    await gate.open();
    await expect(other).resolves.toMatchObject({ byteSize: 6 });
  });

  it('at a random moment, again and again, leaves no call pending', async () => {
    for (let round = 0; round < 5; round++) {
      const calls = Array.from({ length: 12 }, () => test.client.process(test.request('PAUSE 20')));
      const settled = Promise.allSettled(calls);
      await new Promise((resolve) => setTimeout(resolve, round * 40));
      process.kill(host(), 'SIGKILL');
      for (const outcome of await settled) {
        if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject(lost('HOST_EXITED'));
      }
      await eventually(() => test.client.stats().waiting === 0);
      await expect(test.client.process(test.request('NONE'))).resolves.toMatchObject({ byteSize: 6 });
    }
  });
});
