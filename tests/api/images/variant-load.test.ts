import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import sharp from 'sharp';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { eventually } from '../../support/eventually.js';
import { eachDatabase } from '../../support/servers/database.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

const ADDRESS = 'query ($id: ID!, $input: VariantInput!) { image(id: $id) { variantUrl(input: $input) } }';
const SIDE = 1_200;
/** Of the variants below, some 2 MB each, three fit. */
const CACHE_BYTES = 7_000_000;

eachDatabase('a variant cache under load', (databases) => {
  let app: TestApp;
  let ada: GraphQLClient;
  let urls: string[];

  beforeAll(async () => {
    app = await startTestApp(
      { databaseUrl: await databases.create(), variantCacheBytes: CACHE_BYTES },
      { variantFlushMs: 200 },
    );
    ada = await app.signedIn();
    // Noise, which no format makes small: a response is larger than what sockets hold.
    const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
    const create = { width: SIDE, height: SIDE, channels: 3, background: 'red', noise } as const;
    const bytes = await sharp({ create }).jpeg({ quality: 60 }).toBuffer();
    const { id } = await ada.upload(bytes, 'noise.jpg');
    urls = await Promise.all(
      Array.from({ length: 8 }, async (_, i) => {
        const operations = [
          { crop: { width: SIDE - i, height: SIDE } },
          { convert: { format: 'JPEG', quality: 95 } },
        ];
        const { data } = await ada.ask(ADDRESS, { id, input: { operations } });
        return data.image.variantUrl as string;
      }),
    );
  });
  afterAll(() => app.close());

  /** Sends a request whose body is read only when it is asked for. */
  const slowly = (url: string) =>
    new Promise<IncomingMessage>((resolve, reject) => get(url, resolve).once('error', reject));
  const cached = async () => (await app.fileSizes('variants')).reduce((sum, size) => sum + size, 0);

  it('sends every response whole while variants are evicted', async () => {
    const whole = await Promise.all(urls.map(async (url) => buffer(await slowly(url))));
    const waiting = await Promise.all(urls.map(slowly));
    // Evicts variants that the slow clients have received only in part.
    for (let round = 0; round < 2; round++) {
      const answers = await Promise.all(
        Array.from({ length: 24 }, async (_, i) => {
          const response = await fetch(urls[(i * 5 + round) % urls.length] as string);
          const { byteLength } = await response.arrayBuffer();
          return [response.status, byteLength === Number(response.headers.get('content-length'))];
        }),
      );
      expect(answers).toEqual(Array.from({ length: 24 }, () => [200, true]));
    }
    for (const [i, response] of waiting.entries()) {
      expect(response.statusCode).toBe(200);
      expect(Buffer.compare(await buffer(response), whole[i] as Buffer)).toBe(0);
    }
    await eventually(async () => (await cached()) <= CACHE_BYTES);
  });
});
