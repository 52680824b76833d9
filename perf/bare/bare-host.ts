/**
 * A process that computes images without a server: reads each file, runs the standard pipeline, writes the result.
 * Runs all files once for each message and answers with the milliseconds.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import pLimit from 'p-limit';
import { createExecutor } from '../../src/execution/models/create-executor.js';
import { sharp } from '../../src/imaging/engines/sharp/sharp-library.js';
import { DEFAULT_IMAGING_LIMITS } from '../../src/imaging/limits.js';
import { STANDARD_PIPELINE } from '../../src/imaging/operation.js';
import type { BareWork } from './bare.js';

const { arrangement, files, folder }: BareWork = JSON.parse(process.argv[2] ?? '');
const compute = arrangement.model === 'SHARP_BY_HAND' ? await byHand() : await onExecutor();
process.on('disconnect', () => process.exit());
process.on('message', async () => process.send?.(await measure()));
process.send?.('READY');

async function measure(): Promise<number> {
  // Reads the next sources and writes results while others are computed, as the compute host does.
  const limit = pLimit(2 * arrangement.inFlight);
  const start = performance.now();
  await Promise.all(
    files.map((file, index) =>
      limit(async () => {
        const result = await compute(await readFile(file));
        await writeFile(join(folder, `${index} ${basename(file)}`), result);
      }),
    ),
  );
  return performance.now() - start;
}

async function onExecutor(): Promise<(bytes: Uint8Array) => Promise<Uint8Array>> {
  const { model, inFlight, engine } = arrangement;
  if (model === 'SHARP_BY_HAND') throw new Error('no executor');
  const executor = createExecutor(model, { workers: inFlight, preload: [engine] });
  await executor.start();
  const limits = DEFAULT_IMAGING_LIMITS;
  const inTurn = pLimit(inFlight);
  return (bytes) =>
    inTurn(async () => {
      const [outcome] = await executor.run([
        { kind: 'IMAGE', bytes, engine, operations: STANDARD_PIPELINE, limits },
      ]);
      if (outcome?.status !== 'DONE' || outcome.result.kind !== 'IMAGE')
        throw new Error(JSON.stringify(outcome));
      return outcome.result.bytes;
    });
}

async function byHand(): Promise<(bytes: Uint8Array) => Promise<Uint8Array>> {
  const create = { width: 120, height: 20, channels: 4, background: '#ffffff80' } as const;
  const input = await sharp({ create }).png().toBuffer();
  const inTurn = pLimit(arrangement.inFlight);
  return (bytes) =>
    inTurn(() =>
      sharp(bytes)
        .resize(800, 450)
        .blur(2)
        .sharpen()
        .composite([{ input, gravity: 'southeast' }])
        .jpeg({ quality: 80 })
        .toBuffer(),
    );
}
