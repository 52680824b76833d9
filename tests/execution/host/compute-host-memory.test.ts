import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import sharp from 'sharp';
import { descendants } from '../../../src/benchmark/measure/meters/process-tree.js';
import { pixelMemory } from '../../../src/execution/host/memory-estimate.js';
import { WORKER_POOLS } from '../../../src/execution/model.js';
import type { Operation } from '../../../src/imaging/operation.js';
import { eventually } from '../../support/eventually.js';
import { startTestHost } from '../../support/servers/compute-host.js';
import { descendantsOf } from '../../support/servers/processes.js';

const MEBIBYTE = 2 ** 20;
const LARGE = { width: 6_000, height: 5_000, channels: 3, background: '#808080' } as const;
const SMALL = { ...LARGE, width: 60, height: 50 } as const;

const memory = () => descendants().reduce((sum, { ownBytes }) => sum + ownBytes, 0);
/** The largest that each process has had, with its program: no peak is missed, however late this process looks. */
async function peakMemory(): Promise<number> {
  let bytes = 0;
  for (const pid of await descendantsOf(process.pid)) {
    const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    bytes += Number(kilobytes) * 1_024;
  }
  return bytes;
}

it.each(WORKER_POOLS)('an idle worker of %s gives the memory of a large image on JIMP back', async (pool) => {
  const test = await startTestHost({ workers: 1, pool, taskTimeoutMs: 60_000, workerMemoryMb: 512 });
  const shrink = async ({ width, height, ...create }: typeof LARGE | typeof SMALL) => {
    const bytes = await sharp({ create: { width, height, ...create }, limitInputPixels: false })
      .png()
      .toBuffer();
    await test.storage.write('source.png', bytes);
    const source = { format: 'PNG' as const, width, height, frames: 1 };
    await test.client.process({
      ...test.request('NONE', { sourceKey: 'source.png', source, engine: 'JIMP' }),
      operations: [{ kind: 'RESIZE', params: { width: 30, fit: 'CONTAIN' } }],
    });
    await test.storage.delete('source.png');
  };
  await shrink(SMALL);
  const [before, peakBefore] = [memory(), await peakMemory()];
  await shrink(LARGE);
  expect((await peakMemory()) - peakBefore).toBeGreaterThan(150 * MEBIBYTE);
  await eventually(() => memory() - before < 80 * MEBIBYTE);
  await test.close();
});

it('an animation of a hundred frames takes no more memory than estimated', async () => {
  const [width, height, frames] = [640, 480, 100];
  const test = await startTestHost({ workers: 1, taskTimeoutMs: 120_000, workerMemoryMb: 512 });
  const data = Buffer.alloc(width * height * frames * 3);
  for (let i = 0; i < frames; i++)
    data.fill((i % 2) * 128 + i, i * width * height * 3, (i + 1) * width * height * 3);
  const raw = { width, height: height * frames, channels: 3, pageHeight: height } as const;
  const animation = await sharp(data, { raw, limitInputPixels: false }).gif({ effort: 1 }).toBuffer();
  await test.storage.write('animation.gif', animation);
  const source = { format: 'GIF' as const, width, height, frames };
  const operations: Operation[] = [
    { kind: 'BLUR', params: { sigma: 2 } },
    { kind: 'CONVERT', params: { format: 'GIF' } },
  ];
  const request = { ...test.request('NONE', { sourceKey: 'animation.gif', source }), operations };
  // Loads the engine.
  await test.client.process({ ...request, operations: [{ kind: 'CONVERT', params: { format: 'PNG' } }] });
  const before = memory();
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, memory() - before);
  }, 20);
  expect(await test.client.process(request)).toMatchObject({ frames, width, height });
  clearInterval(watch);
  expect(most).toBeLessThan(pixelMemory(request) + 100 * MEBIBYTE);
  await test.close();
});

it('two large images on JIMP are computed one after the other, a small one beside them', async () => {
  const test = await startTestHost({ hostMemoryMb: 2_048 });
  const large = { format: 'PNG', width: 7_200, height: 5_000, frames: 1 };
  const start = (owner: string, changes: object) =>
    test.client.process(test.request('NEVER', { engine: 'JIMP', owner, ...changes }), {
      signal: stop.signal,
    });
  const stop = new AbortController();
  const calls = [start('a', { source: large }), start('b', { source: large })];
  const settled = Promise.allSettled(calls);
  await eventually(() => test.client.stats().running === 1);
  await test.client.process(test.request('NONE', { owner: 'c' }));
  expect(test.client.stats()).toMatchObject({ running: 1, waiting: 1 });
  stop.abort();
  await settled;
  await test.close();
});
