import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { photoLikeJpeg } from '../../../src/benchmark/measure/photo-like.js';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { Cluster, metricOf } from '../../support/servers/cluster.js';
import { onPostgresql } from '../../support/servers/database.js';
import { type S3Server, startS3Server } from '../../support/servers/s3-server.js';
import type { ServerProcess } from '../../support/servers/server-process.js';

const ADDRESS = 'query ($id: ID!, $input: VariantInput!) { image(id: $id) { variantUrl(input: $input) } }';

onPostgresql('variants of two APIs with one bucket', (databases) => {
  let bucket: S3Server;
  let cluster: Cluster;
  let client: GraphQLClient;
  let imageId: string;

  beforeAll(async () => {
    bucket = await startS3Server();
    cluster = await Cluster.start(await databases.create(), 2, 0, {
      STORAGE_URL: bucket.url,
      STORAGE_LINKS: 'redirect',
      AWS_ACCESS_KEY_ID: 'key-of-the-server',
      AWS_SECRET_ACCESS_KEY: 'secret-of-the-server',
    });
    const signedIn = await cluster.signIn(1);
    client = signedIn.client;
    imageId = signedIn.imageIds[0] as string;
  });
  afterAll(async () => {
    await cluster?.dispose();
    await bucket?.close();
  });

  const api = (i: number) => cluster.apis[i] as ServerProcess;
  const computed = async () => {
    const counts = await Promise.all(
      cluster.apis.map((each) => metricOf(each, 'nogil_bench_image_operations_total')),
    );
    return counts.reduce((sum, count) => sum + count);
  };
  /** The path of a variant: its signature holds on every API. */
  async function pathOf(width: number, id = imageId): Promise<string> {
    const { data } = await client.ask(ADDRESS, {
      id,
      input: { operations: [{ resize: { width, height: 50 } }] },
    });
    const { pathname, search } = new URL(data.image.variantUrl);
    return pathname + search;
  }
  async function fetchFrom(server: ServerProcess, path: string) {
    const response = await fetch(server.url + path, { redirect: 'manual' });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, timing: response.headers.get('server-timing') ?? '', bytes };
  }

  it('are computed once for a hundred clients, and served by the other API from the bucket', async () => {
    const path = await pathOf(60);
    const before = await computed();
    const answers = await Promise.all(Array.from({ length: 100 }, () => fetchFrom(api(0), path)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const other = await fetchFrom(api(1), path);
    expect(other.timing).toMatch(/cache;desc=hit/);
    expect(Buffer.compare(other.bytes, answers[0]?.bytes as Buffer)).toBe(0);
    expect((await computed()) - before).toBe(1);
  });

  it('are whole for clients of both APIs that ask at once', async () => {
    const path = await pathOf(61);
    const before = await computed();
    const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => fetchFrom(api(i % 2), path)));
    const [first] = answers;
    for (const { status, bytes } of answers) {
      expect([status, Buffer.compare(bytes, first?.bytes as Buffer)]).toEqual([200, 0]);
    }
    // Each process computes it at most once.
    expect((await computed()) - before).toBeLessThanOrEqual(2);
  });

  it('are removed on both APIs with their image', async () => {
    const { id } = await client.upload(await photoLikeJpeg(9, 64, 48));
    const path = await pathOf(63, id);
    expect((await fetchFrom(api(1), path)).status).toBe(200);
    await client.get('mutation ($ids: [ID!]!) { deleteImages(ids: $ids) }', { ids: [id] });
    for (const each of cluster.apis) expect((await fetchFrom(each, path)).status).toBe(404);
  });

  it('are in the cache after a restart of every API', async () => {
    const path = await pathOf(62);
    const { bytes } = await fetchFrom(api(0), path);
    for (const each of cluster.apis) {
      expect(await each.end()).toBe(0);
      await each.start();
    }
    for (const each of cluster.apis) {
      const again = await fetchFrom(each, path);
      expect(again.timing).toMatch(/cache;desc=hit/);
      expect(Buffer.compare(again.bytes, bytes)).toBe(0);
    }
  });
});
