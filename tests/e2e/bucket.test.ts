import { afterAll, beforeAll, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { photoLikeJpeg } from '../../src/benchmark/measure/photo-like.js';
import { allEvents, createJob, followJob, readJob } from '../support/clients/job-client.js';
import { unzip } from '../support/images/unzip.js';
import { type S3Server, startS3Server } from '../support/servers/s3-server.js';
import { ServerProcess } from '../support/servers/server-process.js';

const PROCESS = `mutation ($input: ProcessImageInput!) { processImage(input: $input) { id url width } }`;

let bucket: S3Server;
let server: ServerProcess;
beforeAll(async () => {
  bucket = await startS3Server();
  server = await ServerProcess.start({
    STORAGE_URL: bucket.url,
    AWS_ACCESS_KEY_ID: 'key-of-the-server',
    AWS_SECRET_ACCESS_KEY: 'secret-of-the-server',
  });
});
afterAll(async () => {
  await server?.dispose();
  await bucket.close();
});

it('the compiled server keeps its files in a bucket, with credentials from its environment', async () => {
  const client = server.client();
  await client.register();
  const sources: string[] = [];
  for (const seed of [1, 2, 3]) sources.push((await client.upload(await photoLikeJpeg(seed, 160, 120))).id);
  const input = { imageId: sources[0], operations: [{ resize: { width: 80 } }] };
  const { processImage } = await client.get(PROCESS, { input });
  expect(processImage.width).toBe(80);
  expect(await widthOf(await download(processImage.url))).toBe(80);

  const { id } = await createJob(client, sources, { operations: [{ resize: { width: 40 } }] });
  const events = await allEvents(followJob(client, id));
  expect(events.at(-1)).toMatchObject({ status: 'COMPLETED', completedCount: 3, failedCount: 0 });
  const files = await unzip(await download((await readJob(client, id)).resultUrl));
  files.delete('manifest.json');
  expect(await Promise.all([...files.values()].map(widthOf))).toEqual([40, 40, 40]);
  expect(new Set(bucket.signedBy())).toEqual(new Set(['key-of-the-server']));
});

const download = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());
const widthOf = async (bytes: Uint8Array) => (await sharp(bytes).metadata()).width;
