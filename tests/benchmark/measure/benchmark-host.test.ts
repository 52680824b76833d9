import { fork } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateImages } from '../../../src/benchmark/measure/generated-images.js';
import { HostSampleRunner } from '../../../src/benchmark/measure/host.sample-runner.js';
import { photoLikeJpeg } from '../../../src/benchmark/measure/photo-like.js';
import { askChild } from '../../../src/execution/child/ask-child.js';
import { computeEnvironment } from '../../../src/execution/machine/compute-environment.js';
import { CONCURRENCY_MODELS } from '../../../src/execution/model.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';
import { STANDARD_PIPELINE } from '../../../src/imaging/operation.js';
import { eventually, readUntil } from '../../support/eventually.js';
import { descendantsOf, isAlive } from '../../support/servers/processes.js';

const SCRIPTS = new URL('./host-scripts.js', import.meta.url);

let directory: string;
let sourcePaths: string[];
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'benchmark-'));
  sourcePaths = await Promise.all(
    [1, 2].map(async (seed) => {
      const path = join(directory, `${seed}.jpg`);
      await writeFile(path, await photoLikeJpeg(seed, 120, 80));
      return path;
    }),
  );
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const work = () => ({
  workload: 'IMAGE' as const,
  sourcePaths,
  operations: STANDARD_PIPELINE,
  limits: DEFAULT_IMAGING_LIMITS,
});

/** Process ids that a host script has written to its file. */
const pids = async (): Promise<number[]> =>
  (await readFile(join(directory, 'pids'), 'utf8')).trim().split(' ').map(Number);

/** Environment variables of a process. */
const environmentOf = async (pid: number): Promise<string[]> =>
  (await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')).split('\0').filter(Boolean);

const alive = async (processes: readonly number[]): Promise<number[]> => {
  const living = await Promise.all(processes.map(isAlive));
  return processes.filter((_pid, i) => living[i]);
};

describe('the benchmark host', () => {
  it('measures every model, with the same outputs', async () => {
    const digests = new Set<string>();
    for (const model of CONCURRENCY_MODELS) {
      const measured = await new HostSampleRunner(work()).measure({
        model,
        engine: 'SHARP',
        imageCount: 3,
        workers: 2,
      });
      expect(measured.wallMs).toBeGreaterThan(0);
      expect(measured.startupMs).toBeGreaterThan(0);
      expect(measured.computeMs).toBeGreaterThan(0);
      expect(measured.cpuMs).toBeGreaterThan(0);
      expect(measured.cpuPerCoreMs.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(measured.cpuMs, 3);
      expect(measured.peakRssBytes).toBeGreaterThan(50 * 2 ** 20);
      expect(measured.eventLoopUtilization).toBeLessThanOrEqual(1);
      digests.add(measured.outputDigest);
    }
    expect(digests.size).toBe(1);
  });

  it('has the environment of the host that serves, and nothing of the server', async () => {
    const abort = new AbortController();
    const runner = new HostSampleRunner({ workload: 'FIBONACCI', n: 50 });
    const cell = { model: 'SYNC', engine: null, imageCount: 1, workers: 3 } as const;
    const measuring = runner.measure(cell, { signal: abort.signal });
    measuring.catch(() => undefined);
    const environment = await found(async () => {
      const descendants = await descendantsOf(process.pid);
      const environments = await Promise.all(descendants.map(environmentOf));
      return environments.find((variables) => variables.includes('UV_THREADPOOL_SIZE=10'));
    });
    abort.abort();
    await expect(measuring).rejects.toMatchObject({ code: 'CANCELLED' });
    const expected = Object.entries(computeEnvironment(3)).map((variable) => variable.join('='));
    expect(environment.filter((variable) => !variable.startsWith('NODE_')).sort()).toEqual(expected.sort());
  });

  it('counts the processes that compute', async () => {
    const fibonacci = new HostSampleRunner({ workload: 'FIBONACCI', n: 30 });
    const cell = { engine: null, imageCount: 12, workers: 2 } as const;
    const alone = await fibonacci.measure({ ...cell, model: 'SYNC' });
    const inChildren = await fibonacci.measure({ ...cell, model: 'PROCESSES' });
    expect(inChildren.cpuMs / alone.cpuMs).toBeGreaterThan(0.5);
  });

  it('fails with the error of a task', async () => {
    const runner = new HostSampleRunner({ ...work(), limits: { ...DEFAULT_IMAGING_LIMITS, maxPixels: 10 } });
    const cell = { model: 'THREADS', engine: 'SHARP', imageCount: 2, workers: 1 } as const;
    await expect(runner.measure(cell)).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      details: { limit: 'maxPixels' },
    });
  });

  it.each(['SYNC', 'PROCESSES', 'THREADS'] as const)(
    'is gone when a sample of %s is cancelled',
    async (model) => {
      const abort = new AbortController();
      // fibonacci(50) takes minutes.
      const runner = new HostSampleRunner({ workload: 'FIBONACCI', n: 50 });
      const measuring = runner.measure(
        { model, engine: null, imageCount: 4, workers: 2 },
        { signal: abort.signal },
      );
      setTimeout(() => abort.abort(), 500);
      await expect(measuring).rejects.toMatchObject({ code: 'CANCELLED' });
    },
  );
});

it('generates the same images every time, in a child process', async () => {
  const size = { width: 256, height: 144 };
  const make = () => generateImages(directory, undefined, size);
  const [first, second] = await Promise.all([make(), make()]);
  expect(new Set(first).size).toBe(4);
  expect(second).toEqual(first);
  expect((await readFile(first[0] ?? '')).equals(await photoLikeJpeg(0, size.width, size.height))).toBe(true);
});

describe('a host process', () => {
  it('kills its children when it is cancelled, blocked or not', async () => {
    const abort = new AbortController();
    const answer = askChild(
      SCRIPTS,
      { script: 'BLOCK', directory },
      { name: 'test', signal: abort.signal, timeoutMs: 30_000 },
    );
    answer.catch(() => undefined);
    const started = await found(() => pids().catch(() => undefined));
    expect(await alive(started)).toEqual(started);
    abort.abort();
    await expect(answer).rejects.toMatchObject({ code: 'CANCELLED' });
    await eventually(async () => (await alive(started)).length === 0);
  });

  it('is killed when it exceeds its time limit', async () => {
    await rm(join(directory, 'pids'), { force: true });
    const answer = askChild(SCRIPTS, { script: 'BLOCK', directory }, { name: 'test', timeoutMs: 1500 });
    await expect(answer).rejects.toMatchObject({ code: 'PROCESSING_FAILED', details: { reason: 'TIMEOUT' } });
    const started = await pids().catch(() => []);
    await eventually(async () => (await alive(started)).length === 0);
  });

  it('is worth trying again when it dies', async () => {
    const answer = askChild(SCRIPTS, { script: 'EXIT', directory }, { name: 'test', timeoutMs: 30_000 });
    await expect(answer).rejects.toMatchObject({ details: { reason: 'HOST_EXITED', retryable: true } });
  });

  it('ends with its parent process, even if its event loop is blocked', async () => {
    const parent = fork(new URL('./host-parent.js', import.meta.url), { execArgv: [] });
    const host = await found(async () => (await descendantsOf(parent.pid ?? 0))[0]);
    parent.kill('SIGKILL');
    await eventually(() => !isAlive(host));
  });

  it('is not started when it was cancelled before', async () => {
    const answer = askChild(SCRIPTS, {}, { name: 'test', timeoutMs: 1000, signal: AbortSignal.abort() });
    await expect(answer).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

/** Reads until there is a value. */
const found = async <T>(read: () => Promise<T | undefined>): Promise<T> =>
  (await readUntil(read, (value) => value !== undefined)) as T;
