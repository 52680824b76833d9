import { setTimeout as sleep } from 'node:timers/promises';
import type { Page, WebSocketRoute } from 'playwright-core';
import { photoLikeJpeg } from '../../src/benchmark/measure/photo-like.js';
import type { GraphQLClient } from '../../tests/support/clients/graphql-client.js';
import { JobProgressDocument } from '../../web/api/generated/graphql.js';

/** The events of a job as they arrived. */
export interface RecordedJob {
  id: string;
  /** `at`: ms after the first one. */
  events: readonly { at: number; data: unknown }[];
}

/** Runs a job over small photos and records its progress. */
export async function recordJob(client: GraphQLClient, imageCount: number): Promise<RecordedJob> {
  const photo = await photoLikeJpeg(1, 640, 360);
  const imageIds: string[] = [];
  for (let i = 0; i < imageCount; i++) imageIds.push((await client.upload(photo, `${i}.jpg`)).id);
  const input = { imageIds, operations: [{ resize: { width: 320 } }, { blur: { sigma: 4 } }] };
  const create = 'mutation ($input: CreateBatchJobInput!) { createBatchJob(input: $input) { id } }';
  const { id } = (await client.get(create, { input })).createBatchJob;
  const events: { at: number; data: unknown }[] = [];
  const start = performance.now();
  for await (const data of client.subscribe(JobProgressDocument.toString(), { jobId: id }))
    events.push({ at: performance.now() - start, data });
  return { id, events };
}

/** Answers the subscriptions of a page with recorded events, at the pace at which they arrived. */
export async function replayTo(page: Page, { events }: RecordedJob): Promise<void> {
  await page.routeWebSocket(/\/graphql$/, (socket) => {
    let open = true;
    socket.onClose(() => {
      open = false;
    });
    socket.onMessage((message) => {
      const { type, id } = JSON.parse(String(message));
      if (type === 'connection_init') socket.send(JSON.stringify({ type: 'connection_ack' }));
      if (type === 'subscribe') void replay(socket, id, events, () => open);
    });
  });
}

async function replay(
  socket: WebSocketRoute,
  id: string,
  events: RecordedJob['events'],
  isOpen: () => boolean,
): Promise<void> {
  const start = performance.now();
  for (const { at, data } of events) {
    await sleep(Math.max(0, at - (performance.now() - start)));
    if (!isOpen()) return;
    socket.send(JSON.stringify({ id, type: 'next', payload: { data } }));
  }
  socket.send(JSON.stringify({ id, type: 'complete' }));
}
