import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { GraphQLClient } from '../support/clients/graphql-client.js';
import { CREATE, RETRY, uploadPictures } from '../support/clients/job-client.js';
import { eventually } from '../support/eventually.js';
import { follow } from '../support/servers/cluster.js';
import { type OtlpReceiver, type ReceivedSpan, startOtlpReceiver } from '../support/servers/otlp-receiver.js';
import { ServerProcess } from '../support/servers/server-process.js';

const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';

describe('the traces of a server', () => {
  let receiver: OtlpReceiver;
  let server: ServerProcess;
  let client: GraphQLClient;
  let jobId: string;

  /** One call to the API in a trace that its caller has begun. */
  async function call(query: string, variables: object, traceparent: string) {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...client.authorization(), traceparent },
      body: JSON.stringify({ query, variables }),
    });
    // biome-ignore lint/suspicious/noExplicitAny: tests read answers freely
    return ((await response.json()) as any).data;
  }

  beforeAll(async () => {
    receiver = await startOtlpReceiver();
    server = await ServerProcess.start({
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      WORKERS: '1',
      MAX_PIXELS: '720000',
    });
    client = server.client();
    await client.register();
    const imageIds = await uploadPictures(client, 3);
    const input = { imageIds, operations: [{ resize: { width: 1000 } }] };
    const made = await call(CREATE, { input }, `00-${TRACE}-${CALLER}-01`);
    jobId = made.createBatchJob.id;
    await follow(server.url, client.token, jobId);
    // The first image is the narrowest, becomes too high, and fails again.
    await call(RETRY, { id: jobId }, `00-${'a'.repeat(32)}-${CALLER}-01`);
    await follow(server.url, client.token, jobId);
    await fetch(`${server.url}/health`);
    // Sends the spans that are still buffered.
    expect(await server.end()).toBe(0);
    await eventually(() => spansOf('a'.repeat(32), 'item').length > 0);
  });
  afterAll(async () => {
    await server.dispose();
    await receiver.close();
  });

  const spansOf = (traceId: string, name: string): ReceivedSpan[] =>
    receiver.spans.filter((span) => span.traceId === traceId && span.name === name);

  it('lead from the caller over the request and the job to each item', () => {
    const [request, ...otherRequests] = spansOf(TRACE, 'POST /graphql');
    expect(request).toMatchObject({
      parentSpanId: CALLER,
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/graphql',
        'http.response.status_code': 200,
      },
    });
    expect(otherRequests).toEqual([]);

    const [job, ...otherJobs] = spansOf(TRACE, 'job');
    expect(job).toMatchObject({
      parentSpanId: request?.spanId,
      attributes: { 'job.id': jobId, 'job.round': 0 },
    });
    expect(otherJobs).toEqual([]);

    const items = spansOf(TRACE, 'item').toSorted(
      (a, b) => Number(a.attributes['item.position']) - Number(b.attributes['item.position']),
    );
    expect(items).toMatchObject([
      {
        attributes: {
          'item.position': 0,
          'item.attempt': 1,
          'item.outcome': 'FAILED',
          'error.type': 'LIMIT_EXCEEDED',
        },
      },
      { attributes: { 'item.position': 1, 'item.attempt': 1, 'item.outcome': 'DONE' } },
      { attributes: { 'item.position': 2, 'item.attempt': 1, 'item.outcome': 'DONE' } },
    ]);
    expect(new Set(items.map(({ parentSpanId }) => parentSpanId))).toEqual(new Set([job?.spanId]));
  });

  it('of a retry are those of the request that asked for it', () => {
    expect(spansOf('a'.repeat(32), 'job')).toMatchObject([{ attributes: { 'job.round': 1 } }]);
    expect(spansOf('a'.repeat(32), 'item')).toMatchObject([{ attributes: { 'item.position': 0 } }]);
  });

  it('start here without a trace of the caller, and exclude probes', () => {
    const begun = receiver.spans.filter(({ parentSpanId }) => !parentSpanId);
    expect(begun.map(({ name }) => name)).toContain('POST /graphql');
    expect(receiver.spans.filter(({ attributes }) => attributes['url.path'] === '/health')).toEqual([]);
  });

  it('name the service and the process', () => {
    const [{ resource } = { resource: {} }] = receiver.spans;
    expect(resource).toMatchObject({ 'service.name': 'nogil-bench', 'process.pid': expect.any(Number) });
  });
});

describe('a collector that cannot be reached', () => {
  it('delays neither work nor shutdown', async () => {
    const server = await ServerProcess.start({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
      WORKERS: '1',
    });
    await server.client().register();
    expect(await server.end()).toBe(0);
    await server.dispose();
  });
});

/** The modules that a start of the application loads, by their addresses. */
function loadedWith(env: Record<string, string>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'nogil-bench-tracing-'));
  const load = (name: string) =>
    `await import(${JSON.stringify(new URL(`../../src/${name}.js`, import.meta.url))})`;
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
    const { startApp } = ${load('app/api-app')};
    const { loadConfig } = ${load('config')};
    const { createLogger } = ${load('process/logger')};
    const startCompute = async () => ({ close: async () => undefined });
    const app = await startApp(loadConfig(), createLogger('silent'), { startCompute });
    await app.close();
    console.log(JSON.stringify(loaded));`;
  try {
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      cwd: folder,
      env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: '0', ...env },
      encoding: 'utf8',
    });
    return JSON.parse(output);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the packages that send spans', () => {
  const sdk = /@opentelemetry\/(?!api\/)/;

  it.each<Record<string, string>>([
    {},
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', OTEL_TRACES_EXPORTER: 'none' },
  ])('are not loaded with %j', (env) => {
    const loaded = loadedWith(env);
    expect(loaded.some((url) => url.endsWith('/services/jobs/run/job-spans.js'))).toBe(true);
    expect(loaded.filter((url) => sdk.test(url) || url.endsWith('/src/process/tracing.js'))).toEqual([]);
  });

  it('are loaded on demand', () => {
    expect(loadedWith({ OTEL_TRACES_EXPORTER: 'otlp' }).some((url) => sdk.test(url))).toBe(true);
  });
});
