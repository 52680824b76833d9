import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { generateImages, generateImagesByEdge } from '../../benchmark/measure/generated-images.js';
import { type BenchmarkWork, FIBONACCI_N } from '../../benchmark/sample-runner.js';
import { Benchmark } from '../../entities/benchmarks/benchmark.entity.js';
import { Image } from '../../entities/image.entity.js';
import { AppError } from '../../errors.js';
import type { TaskFolder } from '../../execution/tasks/task-folder.js';
import type { ImagingLimits } from '../../imaging/limits.js';
import type { Storage } from '../../storage/storage.js';
import { findAllOwned } from '../shared/ownership.js';

/** The work of a running benchmark, with its images in a folder of this machine. */
export interface PreparedWork {
  work: BenchmarkWork;
  /** Removes the folder. */
  clear(): Promise<void>;
}

export interface SourcesDependencies {
  storage: Storage;
  limits: ImagingLimits;
  tasks: TaskFolder;
  /** A folder for this database alone. Each running benchmark has a subfolder named by its lease. */
  sourcesFolder: string;
}

const LEASE = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @throws AppError NOT_FOUND when an image or the task module has been deleted since the request */
export async function prepareWork(
  benchmark: Benchmark,
  lease: string,
  em: SqlEntityManager,
  { storage, limits, sourcesFolder, tasks }: SourcesDependencies,
  signal: AbortSignal,
): Promise<PreparedWork> {
  const { workload, operations } = benchmark;
  if (workload === 'FIBONACCI') return { work: { workload, n: FIBONACCI_N }, clear: async () => undefined };
  if (workload === 'TASK') return { work: await taskWork(benchmark, tasks), clear: async () => undefined };
  const directory = join(sourcesFolder, lease);
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const clear = () => rm(directory, { recursive: true, force: true });
  try {
    const sourcePaths = benchmark.imageIds
      ? await copyImages(benchmark, benchmark.imageIds, em, storage, directory, signal)
      : await generatedSources(benchmark, directory, signal);
    return { work: { workload, sourcePaths, operations, limits }, clear };
  } catch (error) {
    await clear();
    throw error;
  }
}

async function taskWork({ task }: Benchmark, tasks: TaskFolder): Promise<BenchmarkWork> {
  const module = task === null ? undefined : await tasks.moduleUrl(task);
  if (task === null || module === undefined)
    throw new AppError('NOT_FOUND', `There is no task ${task} any more in TASKS_DIR of this server`);
  return { workload: 'TASK', name: task, module };
}

/** Removes the folders of processes that died: those whose lease no running benchmark has. */
export async function removeStaleSources(em: SqlEntityManager, sourcesFolder: string): Promise<void> {
  const leases = (await namesIn(sourcesFolder)).filter((name) => LEASE.test(name));
  if (leases.length === 0) return;
  const running = await em.find(
    Benchmark,
    { status: 'RUNNING', lease: { $in: leases } },
    { fields: ['lease'] },
  );
  const held = new Set(running.map(({ lease }) => lease));
  const stale = leases.filter((lease) => !held.has(lease));
  await Promise.all(stale.map((lease) => rm(join(sourcesFolder, lease), { recursive: true, force: true })));
}

function generatedSources({ sweep }: Benchmark, directory: string, signal: AbortSignal) {
  return sweep?.axis === 'IMAGE_EDGE'
    ? generateImagesByEdge(directory, sweep.values, signal)
    : generateImages(directory, signal);
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function copyImages(
  { owner }: Benchmark,
  ids: readonly string[],
  em: SqlEntityManager,
  storage: Storage,
  directory: string,
  signal: AbortSignal,
): Promise<string[]> {
  const images = await findAllOwned(em, Image, ids, owner.id);
  const paths: string[] = [];
  for (const [index, { storageKey }] of images.entries()) {
    const path = join(directory, String(index));
    await pipeline(await storage.stream(storageKey), createWriteStream(path), { signal });
    paths.push(path);
  }
  return paths;
}
