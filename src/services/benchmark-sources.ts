import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { generateImages } from '../benchmark/measure/generated-images.js';
import { type BenchmarkWork, FIBONACCI_N } from '../benchmark/sample-runner.js';
import type { Benchmark } from '../entities/benchmark.entity.js';
import { Image } from '../entities/image.entity.js';
import type { ImagingLimits } from '../imaging/limits.js';
import type { Storage } from '../storage/storage.js';
import { findAllOwned } from './ownership.js';

/** What the tasks of a running benchmark do, its images in a folder of this machine. */
export interface PreparedWork {
  work: BenchmarkWork;
  /** Removes the folder. */
  clear(): Promise<void>;
}

/** NOT_FOUND when one of the images has been deleted meanwhile. */
export async function prepareWork(
  benchmark: Benchmark,
  em: SqlEntityManager,
  { storage, limits }: { storage: Storage; limits: ImagingLimits },
  signal: AbortSignal,
): Promise<PreparedWork> {
  const { workload, operations } = benchmark;
  if (workload === 'FIBONACCI') return { work: { workload, n: FIBONACCI_N }, clear: async () => undefined };
  const directory = await mkdtemp(join(tmpdir(), 'nogil-bench-'));
  const clear = () => rm(directory, { recursive: true, force: true });
  try {
    const sourcePaths = benchmark.imageIds
      ? await copyImages(benchmark, benchmark.imageIds, em, storage, directory, signal)
      : await generateImages(directory, signal);
    return { work: { workload, sourcePaths, operations, limits }, clear };
  } catch (error) {
    await clear();
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
