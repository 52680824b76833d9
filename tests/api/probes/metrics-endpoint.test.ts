import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { Metrics } from '../../../src/metrics/metrics.js';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { readUntil } from '../../support/eventually.js';
import { follow, startJob } from '../../support/servers/cluster.js';
import { onPostgresql } from '../../support/servers/database.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

onPostgresql('metrics', (databases) => {
  let app: TestApp;
  let ada: GraphQLClient;

  beforeAll(async () => {
    app = await startTestApp({ databaseUrl: await databases.create() });
    ada = await app.signedIn();
  });
  afterAll(() => app.close());

  const scrape = async (headers: Record<string, string> = {}, url = app.url) =>
    fetch(`${url}/metrics`, { headers });
  const text = async () => (await scrape()).text();
  const series = async (name: string) =>
    (await text()).split('\n').filter((line) => line.startsWith(`${name}{`));

  it('count operations by field and code, for any operation name', async () => {
    for (let n = 0; n < 20; n++) await ada.get(`query Name${n} { alias${n}: me { id } }`);
    await app.client().ask('{ me { id } }');
    await ada.ask('{ noSuchField }');
    await ada.ask('{ me { id }');
    await ada.get('query { ...F } fragment F on Query { me { id } }');
    await ada.get('{ me { id } serverInfo { version } }');
    expect((await series('nogil_bench_graphql_requests_total')).sort()).toEqual(
      [
        'nogil_bench_graphql_requests_total{operation="register",code="OK"} 1',
        'nogil_bench_graphql_requests_total{operation="me",code="OK"} 20',
        'nogil_bench_graphql_requests_total{operation="me",code="UNAUTHENTICATED"} 1',
        'nogil_bench_graphql_requests_total{operation="invalid",code="GRAPHQL_VALIDATION_FAILED"} 1',
        'nogil_bench_graphql_requests_total{operation="invalid",code="GRAPHQL_PARSE_FAILED"} 1',
        'nogil_bench_graphql_requests_total{operation="several",code="OK"} 2',
      ].sort(),
    );
    expect(await text()).toContain('nogil_bench_graphql_request_duration_seconds_count{operation="me"} 21');
  });

  it('count image operations by engine and outcome', async () => {
    const image = sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } });
    const { id } = await ada.upload(await image.png().toBuffer());
    const process = (operations: object[]) =>
      ada.ask('mutation ($input: ProcessImageInput!) { processImage(input: $input) { id } }', {
        input: { imageId: id, operations },
      });
    const before = await series('nogil_bench_image_operations_total');
    expect(before).toEqual([]);
    await process([{ grayscale: true }, { blur: { sigma: 1 } }]);
    await process([{ grayscale: true }]);
    await process([{ resize: { width: 60_000, height: 60_000 } }]);
    expect(await series('nogil_bench_image_operations_total')).toEqual([
      'nogil_bench_image_operations_total{engine="SHARP",kind="GRAYSCALE",code="OK"} 2',
      'nogil_bench_image_operations_total{engine="SHARP",kind="BLUR",code="OK"} 1',
      'nogil_bench_image_operations_total{engine="SHARP",kind="RESIZE",code="LIMIT_EXCEEDED"} 1',
    ]);
    expect(await text()).toContain('nogil_bench_image_processing_duration_seconds_count{engine="SHARP"} 2');
  });

  it('count the items of jobs by outcome, and the waiting ones', async () => {
    const image = sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } });
    const { id } = await ada.upload(await image.png().toBuffer());
    const jobId = await startJob(ada, [id], 5);
    await follow(app.url, ada.token, jobId);
    expect(await series('nogil_bench_job_items_total')).toEqual(['nogil_bench_job_items_total{code="OK"} 5']);
    expect(await series('nogil_bench_queue_chunks')).toContain('nogil_bench_queue_chunks{state="waiting"} 0');
    expect(await text()).toMatch(/^nogil_bench_queue_oldest_seconds 0$/m);
  });

  it('include the queue depth on SQLite', async () => {
    const alone = await startTestApp();
    const all = await (await scrape({}, alone.url)).text();
    expect(all).toMatch(/^nogil_bench_queue_chunks\{state="waiting"\} 0$/m);
    expect(all).toMatch(/^nogil_bench_queue_oldest_seconds 0$/m);
    await alone.close();
  });

  it('include every series that the dashboard queries', async () => {
    const asked = readFileSync('deploy/grafana-dashboard.json', 'utf8').matchAll(
      /\b[a-z]+(?:_[a-z0-9]+)+\b(?=[{[])/g,
    );
    const names = new Set([...asked].map(([name]) => name));
    const told = await text();
    expect(names.size).toBeGreaterThan(10);
    // A series of a histogram or a summary exists only after the first observation.
    const declared = (name: string) =>
      new RegExp(`^# TYPE ${name.replace(/_(bucket|sum|count)$/, '')}`, 'm').test(told);
    expect([...names].filter((name) => !declared(name))).toEqual([]);
  });

  it('include the process and its connections', async () => {
    // The queries of a scrape use connections, and a socket ends after its client has received the last event.
    const all = await readUntil(
      text,
      (told) =>
        /^nogil_bench_database_connections\{state="idle"\} [1-9]/m.test(told) &&
        /^nogil_bench_websocket_connections 0$/m.test(told),
    );
    expect(all).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m);
    expect(all).toMatch(/^process_cpu_seconds_total \d/m);
  });

  it('include the usage of the compute host', async () => {
    for (let scrapes = 0; scrapes < 2; scrapes++) {
      const all = await text();
      expect(all).toMatch(/^nogil_bench_compute_host_resident_memory_bytes 268435456$/m);
      expect(all).toMatch(/^nogil_bench_compute_host_cpu_seconds_total 1\.5$/m);
    }
  });

  it('omit unknown values instead of reporting 0', async () => {
    const metrics = new Metrics();
    const stats = () => ({ running: 0, waiting: 0, workers: 1, imagesInFlight: 1 });
    metrics.observePool({ stats, usage: () => undefined });
    metrics.observeQueue({ depth: () => Promise.reject(new Error('No connection')) });
    const told = await metrics.render();
    expect(told).toMatch(/^nogil_bench_compute_workers 1$/m);
    expect(told).not.toMatch(
      /^(nogil_bench_compute_host_resident_memory_bytes|nogil_bench_queue_oldest_seconds) /m,
    );
  });

  it('require the token', async () => {
    const metricsToken = 'a token of at least 16 characters';
    const guarded = await startTestApp({ metricsToken });
    for (const authorization of ['', 'Bearer wrong', metricsToken, `bearer ${metricsToken}`]) {
      expect((await scrape({ authorization }, guarded.url)).status).toBe(401);
    }
    const response = await scrape({ authorization: `Bearer ${metricsToken}` }, guarded.url);
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      expect.stringMatching('0.0.4'),
    ]);
    await guarded.close();
  });

  it('are off in production without a token', async () => {
    const production = await startTestApp({ production: true });
    expect((await scrape({}, production.url)).status).toBe(404);
    await production.close();
  });
});
