import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from '@jest/globals';
import sharp from 'sharp';
import type { GraphQLClient } from '../clients/graphql-client.js';
import { createJob, followJob, type ProgressEvent, readJob } from '../clients/job-client.js';
import type { ServerProcess } from '../servers/server-process.js';

/** Asks for a job under a key until a server has lived long enough to answer; `revive` is called when one has died. */
export async function acceptedJob(
  client: () => GraphQLClient,
  imageIds: readonly string[],
  idempotencyKey: string,
  revive: () => Promise<void>,
): Promise<string> {
  for (;;) {
    try {
      return (await createJob(client(), imageIds, { idempotencyKey, workers: 2 })).id;
    } catch (error) {
      // `fetch` fails so when the connection breaks; whatever the server says is no reason to ask again.
      if ((error as Error).name !== 'TypeError') throw error;
      await revive();
    }
  }
}

/**
 * What has to hold of a server that has been killed and started again, as seen from outside: every accepted job ends,
 * each item with one outcome, and there is one row and one whole file for every image, and nothing else.
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

/** There is one row of the client's and one whole picture for each of so many images, and nothing else. */
export async function expectWholeFiles(
  mediaDir: string,
  client: GraphQLClient,
  images: number,
): Promise<void> {
  expect((await client.get('{ images { totalCount } }')).images.totalCount).toBe(images);
  const files = await readdir(join(mediaDir, 'images'));
  expect(files).toHaveLength(images);
  expect(await readdir(join(mediaDir, '.incoming'))).toEqual([]);
  for (const file of files) await sharp(join(mediaDir, 'images', file)).stats();
}

/** The job once it has ended. */
export async function endedJob(client: GraphQLClient, id: string) {
  for (;;) {
    const job = await readJob(client, id);
    if (!['QUEUED', 'PROCESSING'].includes(job.status)) return job;
    await delay(20);
  }
}

/** What followers were told of jobs. Nothing that was told once may be taken back, whatever has died since. */
export class ToldProgress {
  /** Events that went behind what was told before. */
  readonly takenBack: { before: ProgressEvent; after: ProgressEvent }[] = [];
  events = 0;
  readonly #last = new Map<string, ProgressEvent>();

  hear(after: ProgressEvent): void {
    this.events++;
    const before = this.#last.get(after.jobId) ?? after;
    const numbers = ['seq', 'completedCount', 'progress'] as const;
    if (numbers.some((number) => after[number] < before[number])) this.takenBack.push({ before, after });
    this.#last.set(after.jobId, after);
  }

  /** Listens until the job ends or the server does. */
  async follow(client: GraphQLClient, id: string): Promise<void> {
    try {
      for await (const event of followJob(client, id)) this.hear(event);
    } catch {
      // The connection broke.
    }
  }
}
