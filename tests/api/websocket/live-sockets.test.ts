import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Storage } from '../../../src/storage/storage.js';
import type { GraphQLClient } from '../../support/clients/graphql-client.js';
import { RawSocket } from '../../support/clients/raw-socket.js';
import { eventually } from '../../support/eventually.js';
import { ManualCompute } from '../../support/fakes/manual-compute.js';
import { ONE_PIXEL_PNG } from '../../support/images/one-pixel.js';
import { openTestDatabase } from '../../support/servers/database.js';
import { freePort } from '../../support/servers/free-port.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

/** The application's own sockets; what holds of the transport alone is in `websocket/`. */
let app: TestApp;
const socketUrl = () => `${app.url.replace('http', 'ws')}/graphql`;
beforeAll(async () => {
  app = await startTestApp({ introspection: false, allowedOrigins: ['https://ours.example'] });
});
afterAll(() => app.close());

async function connect(client: GraphQLClient): Promise<RawSocket> {
  const socket = await RawSocket.connect(socketUrl());
  socket.send({ type: 'connection_init', payload: client.authorization() });
  await socket.until('connection_ack');
  return socket;
}

describe('a socket of the application', () => {
  it('accepts its own pages, the origins of the settings, and programs', async () => {
    const own = new URL(app.url);
    for (const origin of ['https://evil.example', 'null', 'http://localhost:1', `http://evil.${own.host}`])
      expect(await RawSocket.refusal(socketUrl(), { origin })).toBe(403);
    for (const options of [{}, { origin: own.origin }, { origin: 'https://ours.example' }])
      (await RawSocket.connect(socketUrl(), options)).socket.terminate();
  });

  it('is for pages of its public address, which a proxy need not pass on', async () => {
    const port = await freePort();
    const behind = await startTestApp({
      publicUrl: 'https://public.example/images',
      host: '127.0.0.1',
      port,
    });
    const address = `ws://127.0.0.1:${port}/graphql`;
    const page = await RawSocket.connect(address, { origin: 'https://public.example' });
    page.socket.terminate();
    expect(await RawSocket.refusal(address, { origin: 'http://public.example' })).toBe(403);
    await behind.close();
  });

  it('accepts no query, mutation or introspection', async () => {
    const socket = await connect(await app.signedIn());
    const refusals = {
      '{ me { id } }': 'BAD_USER_INPUT',
      'mutation { logout(refreshToken: "x") }': 'BAD_USER_INPUT',
      'subscription { jobProgress(jobId: "1") { seq } __schema { types { name } } }':
        'GRAPHQL_VALIDATION_FAILED',
      'subscription { jobProgres(jobId: "1") { seq } }': 'GRAPHQL_VALIDATION_FAILED',
    };
    for (const [index, [query, code]] of Object.entries(refusals).entries()) {
      socket.subscribe(String(index), query);
      const { payload } = await socket.until('error', String(index));
      expect(JSON.stringify(payload)).toContain(`"code":"${code}"`);
      expect(JSON.stringify(payload)).not.toContain('Did you mean');
    }
  });

  it('closes when its session is revoked, and not another one of the same user', async () => {
    const client = app.client();
    const { user, refreshToken } = await client.register();
    const again = app.client();
    const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken } }';
    again.token = (
      await again.get(LOGIN, { input: { email: user.email, password: 'correct horse' } })
    ).login.accessToken;
    const [revoked, other] = [await connect(client), await connect(again)];
    await client.get('mutation ($token: String!) { logout(refreshToken: $token) }', { token: refreshToken });
    expect(await revoked.closed).toBe(4403);
    expect(other.socket.readyState).toBe(other.socket.OPEN);
    other.socket.terminate();
  });

  it('closes when its token expires', async () => {
    const brief = await startTestApp({ accessTokenSeconds: 12 });
    const client = await brief.signedIn();
    const socket = await RawSocket.connect(`${brief.url.replace('http', 'ws')}/graphql`);
    socket.send({ type: 'connection_init', payload: client.authorization() });
    await socket.until('connection_ack');
    expect(await socket.closed).toBe(4403);
    await brief.close();
  });
});

describe('a subscription of the application', () => {
  let folder: string;
  let slow: TestApp;
  let compute: ManualCompute;
  let databaseUrl: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'live-sockets-'));
    databaseUrl = `sqlite://${join(folder, 'rows.db')}`;
    const startCompute = async (_config: unknown, _logger: unknown, storage: Storage) => {
      compute = new ManualCompute(storage);
      return compute;
    };
    slow = await startTestApp({ databaseUrl }, { startCompute });
  });
  afterAll(async () => {
    await slow.close();
    await rm(folder, { recursive: true });
  });

  /** A client that follows a job of its own, of whose images none is done. */
  async function follow() {
    const client = slow.client();
    const { refreshToken } = await client.register();
    const imageIds = [(await client.upload(ONE_PIXEL_PNG)).id, (await client.upload(ONE_PIXEL_PNG)).id];
    const { createBatchJob: job } = await client.get(
      'mutation ($input: CreateBatchJobInput!) { createBatchJob(input: $input) { id } }',
      { input: { imageIds, operations: [{ grayscale: true }] } },
    );
    const socket = await RawSocket.connect(`${slow.url.replace('http', 'ws')}/graphql`);
    socket.send({ type: 'connection_init', payload: client.authorization() });
    await socket.until('connection_ack');
    socket.subscribe('1', 'subscription ($id: ID!) { jobProgress(jobId: $id) { completedCount } }', {
      id: job.id,
    });
    await socket.until('next');
    await eventually(() => compute.running.length === 2);
    return { client, refreshToken, job, socket };
  }

  const told = (socket: RawSocket) =>
    JSON.stringify(socket.received.filter(({ type }) => type === 'next').map(({ payload }) => payload));

  it('sends no event after its session has ended', async () => {
    const { client, refreshToken, socket } = await follow();
    await client.get('mutation ($token: String!) { logout(refreshToken: $token) }', { token: refreshToken });
    for (const call of compute.running) await call.succeed();
    expect(await socket.closed).toBe(4403);
    expect(told(socket)).not.toMatch(/"completedCount":[1-9]/);
  });

  it("sends no event of an object that has become another user's", async () => {
    const { job, socket } = await follow();
    const other = await slow.client().register();
    const database = await openTestDatabase(databaseUrl);
    await database.orm.em
      .getConnection()
      .execute('update job set owner_id = ? where id = ?', [other.user.id, job.id]);
    await database.close();
    for (const call of compute.running) await call.succeed();
    await Promise.race([socket.until('error'), socket.until('complete')]);
    expect(told(socket)).not.toMatch(/"completedCount":[1-9]/);
    expect(JSON.stringify(socket.received)).toContain('"code":"FORBIDDEN"');
    socket.socket.terminate();
  });
});
