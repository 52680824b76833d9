import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pLimit from 'p-limit';
import { AppError } from '../../src/errors.js';
import { ComputeHostClient } from '../../src/execution/host/compute-host.client.js';
import { readHeader } from '../../src/imaging/headers/read-header.js';
import type { Operation } from '../../src/imaging/operation.js';
import { openStorage } from '../../src/storage/open-storage.js';
import { type CampaignReport, count, ENGINES, emptyReport, type Question } from './campaign-report.js';
import type { ImageInput } from './image-inputs.js';

const LIMITS = { maxPixels: 1_000_000, maxFrames: 1_000, maxAnimationPixels: 3_000_000, maxOperations: 10 };
const TASK_TIMEOUT_MS = 60_000;
const HOST_MEMORY_MB = 1_536;
const AT_ONCE = 8;

/** Error codes that a hostile image may cause. */
const REFUSALS = ['UNSUPPORTED_MEDIA', 'LIMIT_EXCEEDED', 'BAD_USER_INPUT', 'PROCESSING_FAILED'];

/**
 * Sends each file through the compute host, header alone and by both engines: each has to be answered with an image
 * or a typed error, without a host that is lost, a worker that dies, runs out of time or memory, or a bug.
 */
export async function runImageCampaign(
  inputs: AsyncIterable<ImageInput> | Iterable<ImageInput>,
  { atOnce = AT_ONCE } = {},
): Promise<CampaignReport> {
  const folder = await mkdtemp(join(tmpdir(), 'fuzz-'));
  await mkdir(join(folder, 'sources'));
  const storageUrl = pathToFileURL(folder).href;
  const storage = openStorage(storageUrl);
  const report = emptyReport();
  const inFlight = new Set<ImageInput>();
  let hostPid = 0;
  const measure = () => {
    report.peakMb = Math.max(report.peakMb, peakMemoryMb(hostPid));
  };
  const client = await ComputeHostClient.start({
    storageUrl,
    workers: 2,
    imagesInFlight: 2,
    pool: 'THREADS',
    taskTimeoutMs: TASK_TIMEOUT_MS,
    imagingLimits: LIMITS,
    workerMemoryMb: 256,
    hostMemoryMb: HOST_MEMORY_MB,
    queueLimit: 100,
    niceness: 0,
    engines: Promise.resolve([]),
    logger: {
      info: (facts) => {
        if ('hostPid' in facts) hostPid = Number(facts.hostPid);
      },
      warn: (facts, message) => {
        if (message === 'compute host lost') {
          report.hostsLost.push({ why: JSON.stringify(facts), inFlight: [...inFlight] });
        }
      },
    },
  });

  async function answer(input: ImageInput, engine: Question, ask: () => Promise<unknown>): Promise<void> {
    const start = performance.now();
    const outcome = await ask().then(
      () => 'image',
      (error) => error,
    );
    report.slowestMs = Math.max(report.slowestMs, performance.now() - start);
    const code = outcome instanceof AppError ? outcome.code : String(outcome);
    count(report.outcomes, `${engine} ${code}`);
    // Only one of the files in flight caused it.
    if (outcome instanceof AppError && outcome.message.startsWith('The compute host ')) return;
    const lost = outcome instanceof AppError && 'reason' in outcome.details;
    if (lost || (outcome !== 'image' && !REFUSALS.includes(code))) {
      const cause = outcome instanceof AppError ? `${outcome.message} ${String(outcome.cause ?? '')}` : code;
      report.findings.push({ ...input, engine, why: cause });
    }
  }

  async function tryOut(input: ImageInput, index: number): Promise<void> {
    inFlight.add(input);
    count(report.inputs, input.kind);
    const sourceKey = `sources/${index}`;
    await writeFile(join(folder, sourceKey), input.bytes);
    await answer(input, 'INSPECT', () => client.inspect(sourceKey, 'fuzz'));
    for (const engine of ENGINES) {
      const resultKey = `results/${index}-${engine.toLowerCase()}`;
      await answer(input, engine, async () => {
        const source = { format: 'PNG' as const, width: 1, height: 1, frames: 1 };
        await client.process({
          sourceKey,
          source,
          resultKey,
          engine,
          operations: chain(index),
          owner: 'fuzz',
        });
        await readHeader(await storage.read(resultKey));
        await rm(join(folder, resultKey));
      });
    }
    await rm(join(folder, sourceKey));
    inFlight.delete(input);
    if (index % 100 === 0) measure();
  }

  try {
    const limit = pLimit(atOnce);
    const running = new Set<Promise<void>>();
    let index = 0;
    for await (const input of inputs) {
      const one = limit(tryOut, input, index++).finally(() => running.delete(one));
      running.add(one);
      if (running.size >= 2 * atOnce) await Promise.race(running);
    }
    await Promise.all(running);
    measure();
    return report;
  } finally {
    await client.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Every image is decoded to its last pixel; some are resized too, which libvips does while it decodes. */
function chain(index: number): Operation[] {
  const turn: Operation = { kind: 'ROTATE', params: { degrees: 90, background: '#00000000' } };
  const small: Operation = { kind: 'RESIZE', params: { width: 8, height: 8, fit: 'COVER' } };
  const asPng: Operation = { kind: 'CONVERT', params: { format: 'PNG' } };
  return [index % 2 === 0 ? turn : small, ...(index % 3 === 0 ? [] : [asPng])];
}

function peakMemoryMb(pid: number): number {
  try {
    const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Math.round(Number(kilobytes) / 1024);
  } catch {
    return 0;
  }
}
