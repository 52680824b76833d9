import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import sharp from 'sharp';
import type { GraphQLClient } from '../clients/graphql-client.js';
import { createJob, followJob, type ProgressEvent, readJob } from '../clients/job-client.js';
import { readUntil } from '../eventually.js';
import type { ServerProcess } from '../servers/server-process.js';

/** Creates a job under a key, again until a server answers; calls `revive` when the server has died. */
export async function acceptedJob(
  client: () => GraphQLClient,
  imageIds: readonly string[],
  idempotencyKey: string,
  revive: () => Promise<void>,
): Promise<string> {
  const attempt = async (): Promise<string | undefined> => {
    try {
      return (await createJob(client(), imageIds, { idempotencyKey, workers: 2 })).id;
    } catch (error) {
      // A TypeError of `fetch` is a broken connection; an answer with errors is not repeated.
      if ((error as Error).name !== 'TypeError') throw error;
      await revive();
      return undefined;
    }
  };
  return (await readUntil(attempt, (id) => id !== undefined)) as string;
}

/**
 * Checks a server that was killed and started again, through its API: every accepted job has completed, each item has one
 * result, and every image has one row and one complete file; nothing else is stored.
 */
export async function expectSound(
  server: ServerProcess,
  client: GraphQLClient,
  uploads: number,
  jobIds: readonly string[],
): Promise<void> {
  let results = 0;
  for (const id of jobIds) {
    const job = await endedJob(client, id);
    expect(job).toMatchObject({ status: 'COMPLETED', completedCount: job.totalCount, failedCount: 0 });
    const made = job.items.map(({ result }: { result: { id: string } }) => result.id);
    expect(new Set(made).size).toBe(job.totalCount);
    results += job.totalCount;
  }
  await expectWholeFiles(join(server.folder, 'media'), client, uploads + results);
}

/** Files that were found complete, by path, size, time of their last change and inode: a later check need not decode them again. */
const complete = new Set<string>();

/** Checks that the client has this number of image rows, each with one complete file, and that no other file exists. */
export async function expectWholeFiles(
  mediaDir: string,
  client: GraphQLClient,
  images: number,
): Promise<void> {
  expect((await client.get('{ images { totalCount } }')).images.totalCount).toBe(images);
  const files = await readdir(join(mediaDir, 'images'));
  expect(files).toHaveLength(images);
  expect(await readdir(join(mediaDir, '.incoming'))).toEqual([]);
  for (const file of files) {
    const path = join(mediaDir, 'images', file);
    const { size, mtimeMs, ino } = await stat(path);
    const version = `${path} ${size} ${mtimeMs} ${ino}`;
    if (!complete.has(version)) await sharp(path).stats();
    complete.add(version);
  }
}

/** Waits until the job has ended and returns it. */
export function endedJob(client: GraphQLClient, id: string) {
  return readUntil(
    () => readJob(client, id),
    ({ status }) => !['QUEUED', 'PROCESSING'].includes(status),
  );
}

/** Events that subscribers received of jobs. Numbers of a job never decrease, whichever process died in between. */
export class ProgressLog {
  /** Events with a lower number than the event before. */
  readonly decreased: { before: ProgressEvent; after: ProgressEvent }[] = [];
  events = 0;
  readonly #last = new Map<string, ProgressEvent>();

  record(after: ProgressEvent): void {
    this.events++;
    const before = this.#last.get(after.jobId) ?? after;
    const numbers = ['seq', 'completedCount', 'progress'] as const;
    if (numbers.some((number) => after[number] < before[number])) this.decreased.push({ before, after });
    this.#last.set(after.jobId, after);
  }

  /** Subscribes until the job or the server ends. */
  async follow(client: GraphQLClient, id: string): Promise<void> {
    try {
      for await (const event of followJob(client, id)) this.record(event);
    } catch {
      // The connection broke.
    }
  }
}
