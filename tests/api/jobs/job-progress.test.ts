import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import {
  allEvents,
  CANCEL,
  createJob,
  followJob,
  type ProgressEvent,
  RETRY,
  uploadPictures,
} from '../../support/clients/job-client.js';
import { eventually } from '../../support/eventually.js';
import { ManualCompute } from '../../support/fakes/manual-compute.js';
import { eachDatabase } from '../../support/servers/database.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

eachDatabase('the progress of a batch job', (databases) => {
  let app: TestApp;
  let compute: ManualCompute;
  let ada: GraphQLClient;
  let images: string[];

  beforeAll(async () => {
    app = await startTestApp(
      { databaseUrl: await databases.create(), workers: 2, imagesInFlight: 2 },
      {
        startCompute: async (_config, _logger, storage) => {
          compute = new ManualCompute(storage);
          return compute;
        },
      },
    );
    ada = await app.signedIn();
    images = await uploadPictures(ada, 10);
  });
  afterAll(() => app.close());
  afterEach(() => {
    compute.onCall = () => undefined;
    compute.calls.length = 0;
  });

  /** Checks an uninterrupted stream of a whole job. */
  function expectWhole(events: readonly ProgressEvent[], status: string): void {
    const positions = events.flatMap(({ items }) => items.map(({ position }) => position));
    expect(positions.toSorted((a, b) => a - b)).toEqual(images.map((_, i) => i));
    let ended = 0;
    for (const [i, event] of events.entries()) {
      ended += event.items.length;
      if (i > 0) expect(event.seq).toBeGreaterThan(events[i - 1]?.seq ?? 0);
      expect(event.progress).toBeCloseTo(ended / images.length);
      expect(event.totalCount).toBe(images.length);
      const final = i === events.length - 1;
      expect(['COMPLETED', 'FAILED', 'CANCELLED'].includes(event.status)).toBe(final);
    }
    expect(events.at(-1)).toMatchObject({ status, progress: 1 });
  }
  const succeedAll = async () => {
    compute.onCall = (call) => call.succeed();
    for (const call of compute.running) await call.succeed();
  };

  it('is published from its stored state to its end, each item once', async () => {
    const { id } = await createJob(ada, images);
    const events: ProgressEvent[] = [];
    compute.onCall = (call) => setTimeout(() => call.succeed(), 30);
    for (const call of compute.running) await call.succeed();
    for await (const event of followJob(ada, id)) events.push(event);
    expectWhole(events, 'COMPLETED');
    expect(events[0]).toMatchObject({ jobId: id, completedCount: events[0]?.items.length });
    expect(events.at(-1)).toMatchObject({ completedCount: 10, failedCount: 0 });
  });

  // SQLite has ids as text, and finds no other.
  if (databases.kind === 'POSTGRESQL') {
    it('is published to a subscriber whose id is in capitals', async () => {
      const { id } = await createJob(ada, images);
      await eventually(() => compute.running.length === 4);
      const events: ProgressEvent[] = [];
      for await (const event of followJob(ada, id.toUpperCase())) {
        events.push(event);
        await compute.running[0]?.succeed();
      }
      expectWhole(events, 'COMPLETED');
      expect(events[0]?.jobId).toBe(id);
    });
  }

  it('is complete for late subscribers, also after the end', async () => {
    const { id } = await createJob(ada, images);
    await eventually(() => compute.running.length === 4);
    await compute.calls[0]?.succeed();
    compute.calls[1]?.refuse();
    const early = followJob(ada, id);
    for await (const { items } of early) if (items.length > 0) break;
    const late = allEvents(followJob(ada, id));
    await succeedAll();
    const heard = await late;
    expectWhole(heard, 'COMPLETED');
    expect(heard[0]?.items.length).toBeGreaterThan(0);
    expect(heard.at(-1)).toMatchObject({ completedCount: 9, failedCount: 1 });

    const over = await allEvents(followJob(ada, id));
    expect(over).toHaveLength(1);
    expectWhole(over, 'COMPLETED');
  });

  it('is complete for many subscribers at once', async () => {
    const { id } = await createJob(ada, images);
    const streams = Array.from({ length: 8 }, () => allEvents(followJob(ada, id)));
    await eventually(() => compute.running.length === 4);
    await succeedAll();
    for (const events of await Promise.all(streams)) expectWhole(events, 'COMPLETED');
  });

  it('ends with the cancellation', async () => {
    const { id } = await createJob(ada, images);
    await eventually(() => compute.running.length === 4);
    await compute.calls[0]?.succeed();
    const stream = allEvents(followJob(ada, id));
    await ada.get(CANCEL, { id });
    expectWhole(await stream, 'CANCELLED');
  });

  it('begins again with a retry', async () => {
    compute.onCall = (call) => (call === compute.calls[0] ? call.refuse() : call.succeed());
    const { id } = await createJob(ada, images);
    const [last] = (await allEvents(followJob(ada, id))).slice(-1);
    await ada.get(RETRY, { id });
    const events = await allEvents(followJob(ada, id));
    expectWhole(events, 'COMPLETED');
    expect(events[0]?.seq).toBeGreaterThan(last?.seq ?? 0);
    expect(events.at(-1)).toMatchObject({ completedCount: 10, failedCount: 0 });
  });

  it('contains the selected fields of images', async () => {
    const { id } = await createJob(ada, images);
    await eventually(() => compute.running.length === 4);
    await succeedAll();
    const query = `subscription ($id: ID!) {
      jobProgress(jobId: $id) { status items { position attempts image { id filename } result { url source { id } } } }
    }`;
    const items: {
      position: number;
      image: { id: string };
      result: { url: string; source: { id: string } };
    }[] = [];
    for await (const { jobProgress } of ada.subscribe(query, { id })) items.push(...jobProgress.items);
    expect(items).toHaveLength(10);
    for (const { position, image, result } of items) {
      expect([image.id, result.source.id]).toEqual([images[position], images[position]]);
      expect((await fetch(result.url)).status).toBe(200);
    }
  });

  it('is published to its owner only', async () => {
    const { id } = await createJob(ada, images);
    const eve = await app.signedIn();
    const first = async (client: GraphQLClient, job: string) => followJob(client, job).next();
    await expect(first(eve, id)).rejects.toThrow('FORBIDDEN');
    await expect(first(ada, crypto.randomUUID())).rejects.toThrow('NOT_FOUND');
    await expect(first(app.client(), id)).rejects.toBeDefined();
    await ada.get(CANCEL, { id });
  });

  it('ends with the sign-in', async () => {
    const eve = app.client();
    const { refreshToken } = await eve.register();
    const { id } = await createJob(eve, await uploadPictures(eve, 3));
    const stream = followJob(eve, id);
    await stream.next();
    await eve.get('mutation ($token: String!) { logout(refreshToken: $token) }', { token: refreshToken });
    await eventually(() => compute.running.length === 3);
    await succeedAll();
    const rest = async () => {
      for await (const event of stream) expect(event.items).toEqual([]);
    };
    await expect(rest()).rejects.toBeDefined();
  });
});
