import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import { Cluster, follow, startJob } from '../../support/servers/cluster.js';
import { onPostgresql } from '../../support/servers/database.js';
import { type OtlpReceiver, startOtlpReceiver } from '../../support/servers/otlp-receiver.js';

onPostgresql('the trace of a job', (databases) => {
  let receiver: OtlpReceiver;
  let cluster: Cluster;

  beforeAll(async () => {
    receiver = await startOtlpReceiver();
    cluster = await Cluster.start(await databases.create(), 1, 1, {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    });
  });
  afterAll(async () => {
    await cluster?.dispose();
    await receiver.close();
  });

  it('goes on in the worker that runs it', async () => {
    const [api, worker] = [...cluster.apis, ...cluster.workers];
    const { client, imageIds } = await cluster.signIn(2);
    const jobId = await startJob(client, imageIds, 2);
    await follow(client.url, client.token, jobId);
    const { spans } = receiver;
    // A process that ends waits for the receiver for a second and a half at most.
    await eventually(() => spans.filter(({ name }) => name === 'item').length === 2);
    await eventually(() => {
      const job = spans.find(({ attributes }) => attributes['job.id'] === jobId);
      return spans.some(({ spanId }) => spanId === job?.parentSpanId);
    });
    expect(await Promise.all([api?.end(), worker?.end()])).toEqual([0, 0]);

    const job = spans.find(({ attributes }) => attributes['job.id'] === jobId);
    const request = spans.find(({ spanId }) => spanId === job?.parentSpanId);
    const items = spans.filter(({ name }) => name === 'item');
    expect(request).toMatchObject({ name: 'POST /graphql', traceId: job?.traceId });
    expect(items.map(({ parentSpanId, traceId }) => [parentSpanId, traceId])).toEqual([
      [job?.spanId, job?.traceId],
      [job?.spanId, job?.traceId],
    ]);
    const processes = [request, job, ...items].map((span) => span?.resource['process.pid']);
    expect(processes).toEqual([expect.any(Number), processes[1], processes[1], processes[1]]);
    expect(processes[0]).not.toBe(processes[1]);
  });
});
