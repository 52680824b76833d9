import { expect, it } from '@jest/globals';
import sharp from 'sharp';
import { descendants } from '../../../src/benchmark/measure/process-tree.js';
import { WORKER_POOLS } from '../../../src/execution/model.js';
import { startTestHost, until } from '../../support/servers/compute-host.js';

const MEBIBYTE = 2 ** 20;
const LARGE = { width: 6_000, height: 5_000, channels: 3, background: '#808080' } as const;
const SMALL = { ...LARGE, width: 60, height: 50 } as const;

const memory = () => descendants().reduce((sum, { ownBytes }) => sum + ownBytes, 0);

it.each(WORKER_POOLS)('an idle worker of %s gives the memory of a large image on JIMP back', async (pool) => {
  const test = await startTestHost({ workers: 1, pool, taskTimeoutMs: 60_000, workerMemoryMb: 512 });
  const shrink = async ({ width, height, ...create }: typeof LARGE | typeof SMALL) => {
    const bytes = await sharp({ create: { width, height, ...create }, limitInputPixels: false })
      .png()
      .toBuffer();
    await test.storage.write('source.png', bytes);
    const source = { width, height, frames: 1 };
    await test.client.process({
      ...test.request('NONE', { sourceKey: 'source.png', source, engine: 'JIMP' }),
      operations: [{ kind: 'RESIZE', params: { width: 30, fit: 'CONTAIN' } }],
    });
    await test.storage.delete('source.png');
  };
  await shrink(SMALL);
  const before = memory();
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, memory());
  }, 20);
  await shrink(LARGE);
  clearInterval(watch);
  expect(most - before).toBeGreaterThan(150 * MEBIBYTE);
  await until(() => memory() - before < 80 * MEBIBYTE);
  await test.close();
});

it('two large images on JIMP are computed one after the other, a small one beside them', async () => {
  const test = await startTestHost({ hostMemoryMb: 2_048 });
  const large = { width: 7_200, height: 5_000, frames: 1 };
  const start = (owner: string, changes: object) =>
    test.client.process(test.request('PAUSE 10000', { engine: 'JIMP', owner, ...changes }), {
      signal: stop.signal,
    });
  const stop = new AbortController();
  const calls = [start('a', { source: large }), start('b', { source: large })];
  const settled = Promise.allSettled(calls);
  await until(() => test.client.stats().running === 1);
  await test.client.process(test.request('NONE', { owner: 'c' }));
  expect(test.client.stats()).toMatchObject({ running: 1, waiting: 1 });
  stop.abort();
  await settled;
  await test.close();
});
