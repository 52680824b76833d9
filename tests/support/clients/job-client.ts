import sharp from 'sharp';
import type { GraphQLClient } from './graphql-client.js';

/** Operations on batch jobs over GraphQL. */

export const JOB_FIELDS = `
  id status pool engine workers totalCount completedCount failedCount cancelledCount progress
  resultUrl createdAt startedAt finishedAt durationMs operations { kind params }`;
export const ITEM_FIELDS =
  'position status attempts durationMs error { code message } image { id } result { id source { id } }';

export const CREATE = `mutation ($input: CreateBatchJobInput!) { createBatchJob(input: $input) { ${JOB_FIELDS} } }`;
export const JOB = `query ($id: ID!) { job(id: $id) { ${JOB_FIELDS} items(first: 100) { edges { node { ${ITEM_FIELDS} } } } } }`;
export const CANCEL = `mutation ($id: ID!) { cancelJob(id: $id) { ${JOB_FIELDS} } }`;
export const RETRY = `mutation ($id: ID!) { retryJob(id: $id) { ${JOB_FIELDS} } }`;
export const PROGRESS = `subscription ($id: ID!) {
  jobProgress(jobId: $id) {
    jobId seq status totalCount completedCount failedCount progress items { position status }
  }
}`;

export interface ProgressEvent {
  jobId: string;
  seq: number;
  status: string;
  totalCount: number;
  completedCount: number;
  failedCount: number;
  progress: number;
  items: { position: number; status: string }[];
}

/** Uploads small images that differ. */
export async function uploadPictures(client: GraphQLClient, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const create = { width: 16 + i, height: 12, channels: 3 as const, background: '#3366cc' };
    const bytes = await sharp({ create }).jpeg().toBuffer();
    ids.push((await client.upload(bytes, `image ${i}.jpg`)).id);
  }
  return ids;
}

/** Creates a job that turns images grey; its fields. */
export async function createJob(client: GraphQLClient, imageIds: readonly string[], changes: object = {}) {
  const input = { imageIds, operations: [{ grayscale: true }], ...changes };
  return (await client.get(CREATE, { input })).createBatchJob;
}

/** The job with its first hundred items. */
export async function readJob(client: GraphQLClient, id: string) {
  const { items, ...job } = (await client.get(JOB, { id })).job;
  return { ...job, items: items.edges.map(({ node }: { node: object }) => node) };
}

export async function* followJob(client: GraphQLClient, id: string): AsyncGenerator<ProgressEvent> {
  for await (const { jobProgress } of client.subscribe<{ jobProgress: ProgressEvent }>(PROGRESS, { id })) {
    yield jobProgress;
  }
}

/** Every event until the stream ends. */
export async function allEvents(events: AsyncIterable<ProgressEvent>): Promise<ProgressEvent[]> {
  const all: ProgressEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}
