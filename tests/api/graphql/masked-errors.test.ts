import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AppError, fromErrorData, toErrorData } from '../../../src/errors.js';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { RawSocket } from '../../support/clients/raw-socket.js';
import { eventually } from '../../support/eventually.js';
import { InProcessCompute } from '../../support/fakes/in-process-compute.js';
import { ONE_PIXEL_PNG } from '../../support/images/one-pixel.js';
import { openTestDatabase, type TestDatabase } from '../../support/servers/database.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

/** Internal details that no answer may contain: a stack, SQL, a path, a system error, a library's name. */
const INSIDE =
  /\bat .*:\d+:\d+|select |insert |no such table|\/build\/|\/node_modules\/|ENOENT|sqlite|mikro/i;

let folder: string;
let app: TestApp;
let database: TestDatabase;
let ada: GraphQLClient;
let uploaded: Awaited<ReturnType<GraphQLClient['upload']>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'masked-errors-'));
  const databaseUrl = `sqlite://${join(folder, 'rows.db')}`;
  app = await startTestApp({ databaseUrl });
  ada = await app.signedIn();
  uploaded = await ada.upload(ONE_PIXEL_PNG);
  // From now on, every read of these tables throws.
  database = await openTestDatabase(databaseUrl);
  for (const table of ['job_item', 'job', 'refresh_token'])
    await database.orm.em.getConnection().execute(`drop table ${table}`);
});
afterAll(async () => {
  await database.close();
  await app.close();
  await rm(folder, { recursive: true });
});

/** Log line with the request id of an answer. */
const logged = (requestId: unknown) =>
  app.log.find((line) => line.requestId === requestId && line.msg === 'unexpected error');

describe('a bug', () => {
  it('has an id over HTTP under which the log has the cause', async () => {
    const { errors, data } = await ada.ask('{ jobs { totalCount } }');
    expect(data).toBeNull();
    expect(errors).toHaveLength(1);
    expect(JSON.stringify(errors)).not.toMatch(INSIDE);
    const { code, requestId } = errors?.[0]?.extensions ?? {};
    expect(code).toBe('INTERNAL_SERVER_ERROR');
    expect(errors?.[0]?.message).toBe(`Internal error; request ${requestId}`);
    expect(JSON.stringify(logged(requestId))).toMatch(/no such table.*stack/s);
    await eventually(() => app.log.some((line) => line.msg === 'request' && line.requestId === requestId));
  });

  it('has the same id over WebSocket', async () => {
    const socket = await RawSocket.connect(`${app.url.replace('http', 'ws')}/graphql`);
    socket.send({ type: 'connection_init', payload: ada.authorization() });
    await socket.until('connection_ack');
    socket.subscribe(
      '1',
      'subscription { jobProgress(jobId: "00000000-0000-0000-0000-000000000000") { seq } }',
    );
    const { payload } = await Promise.race([socket.until('next'), socket.until('error')]);
    socket.socket.close();
    expect(JSON.stringify(payload)).not.toMatch(INSIDE);
    expect(JSON.stringify(payload)).toMatch(/"code":"INTERNAL_SERVER_ERROR"/);
    const [, requestId] = /"requestId":"([^"]+)"/.exec(JSON.stringify(payload)) ?? [];
    expect(JSON.stringify(logged(requestId))).toMatch(/no such table/);
  });

  it('has the same id on a plain route', async () => {
    const response = await fetch(`${app.url}/media/jobs/00000000-0000-0000-0000-000000000000.zip`, {
      headers: ada.authorization(),
    });
    const text = await response.text();
    expect(response.status).toBe(500);
    expect(text).not.toMatch(INSIDE);
    expect(logged(JSON.parse(text).errors[0].extensions.requestId)).toBeDefined();
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('while signing in leaves no secret in the log', async () => {
    const input = { email: 'eve@example.com', password: 'a secret password' };
    const register = 'mutation ($input: RegisterInput!) { register(input: $input) { accessToken } }';
    expect(await app.client().codeOf(register, { input })).toBe('INTERNAL_SERVER_ERROR');
    // That the log holds neither password nor hash is checked when the application is closed.
  });
});

it('an expected failure keeps its message, and only the log has its cause', async () => {
  const failure = new AppError(
    'PROCESSING_FAILED',
    'SHARP could not process the image',
    {},
    {
      cause: new Error('ENOSPC: no space left, write /build/media', { cause: new Error('ENOENT') }),
    },
  );
  const broken = await startTestApp(
    {},
    {
      startCompute: async ({ imaging }, _logger, storage) =>
        Object.assign(new InProcessCompute(storage, imaging), {
          process: () => Promise.reject(fromErrorData(structuredClone(toErrorData(failure)))),
        }),
    },
  );
  const client = await broken.signedIn();
  const { id } = await client.upload(ONE_PIXEL_PNG);
  const { errors } = await client.ask(
    'mutation ($id: ID!) { processImage(input: { imageId: $id, operations: [{ grayscale: true }] }) { id } }',
    { id },
  );
  expect(errors?.[0]).toMatchObject({ message: failure.message, extensions: { code: 'PROCESSING_FAILED' } });
  expect(JSON.stringify(errors)).not.toMatch(INSIDE);
  expect(JSON.stringify(errors)).not.toMatch(/ENOSPC|cause/);
  const line = broken.log.find(({ msg }) => msg === 'processing failed');
  expect(line).toMatchObject({ level: 40, requestId: expect.any(String) });
  expect(JSON.stringify(line)).toMatch(/ENOSPC: no space left.*caused by: Error: ENOENT/);
  await broken.close();
});

describe('a missing file', () => {
  it('is reported without the content of the query', async () => {
    const { id, url } = uploaded;
    await rm(join(app.mediaDir, 'images', id));
    for (const headers of [undefined, { range: 'bytes=0-3' }]) {
      const response = await fetch(url, headers && { headers });
      const text = await response.text();
      expect([response.status, JSON.parse(text).errors[0].extensions]).toEqual([404, { code: 'NOT_FOUND' }]);
      expect(response.headers.get('content-type')).toMatch(/^application\/json/);
      expect(response.headers.get('cache-control')).toBe('no-store');
      for (const name of ['content-range', 'content-disposition', 'accept-ranges'])
        expect(response.headers.get(name)).toBeNull();
    }
  });
});
