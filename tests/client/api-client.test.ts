import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient } from '../../src/client/api-client.js';
import { RefreshSignIn } from '../../src/client/refresh-sign-in.js';
import { apiTokenSignIn } from '../../src/client/sign-in.js';
import type { TypedDocument } from '../../src/client/typed-document.js';
import type { Storage } from '../../src/storage/storage.js';
import type { GraphQLClient } from '../support/clients/graphql-client.js';
import { eventually } from '../support/eventually.js';
import { ManualCompute } from '../support/fakes/manual-compute.js';
import { ONE_PIXEL_PNG } from '../support/images/one-pixel.js';
import { openTestDatabase, type TestDatabase } from '../support/servers/database.js';
import { startTcpProxy } from '../support/servers/tcp-proxy.js';
import { startTestApp, type TestApp } from '../support/servers/test-app.js';
import { letPass } from '../support/servers/time-travel.js';

const PASSWORD = 'correct horse';
const document = <Data, Variables = Record<string, never>>(text: string) =>
  text as unknown as TypedDocument<Data, Variables>;
const ME = document<{ me: { id: string; email: string } }>('{ me { id email } }');
const FOLLOW = document<{ jobProgress: { status: string } }, { id: string }>(
  'subscription ($id: ID!) { jobProgress(jobId: $id) { status } }',
);

let folder: string;
let app: TestApp;
let database: TestDatabase;
let accounts = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'api-client-'));
  const databaseUrl = `sqlite://${join(folder, 'rows.db')}`;
  app = await startTestApp({ databaseUrl });
  database = await openTestDatabase(databaseUrl);
});
afterAll(async () => {
  await database.close();
  await app.close();
  await rm(folder, { recursive: true });
});

async function signedIn(url = app.url) {
  const signIn = new RefreshSignIn(url);
  const email = `client-${++accounts}@example.com`;
  await signIn.register(email, PASSWORD);
  return { signIn, email, client: new ApiClient(url, signIn) };
}

/** A new job of one image. */
async function newJob(owner: GraphQLClient): Promise<string> {
  const { id } = await owner.upload(ONE_PIXEL_PNG);
  const { createBatchJob } = await owner.get(
    'mutation ($input: CreateBatchJobInput!) { createBatchJob(input: $input) { id } }',
    { input: { imageIds: [id], operations: [{ grayscale: true }] } },
  );
  return createBatchJob.id;
}

async function asGraphQLClient(signIn: RefreshSignIn, server = app): Promise<GraphQLClient> {
  const client = server.client();
  client.token = await signIn.token();
  return client;
}

describe('requests', () => {
  it('return data, or the error of the server with its details', async () => {
    const { client, email } = await signedIn();
    expect((await client.request(ME, {})).me.email).toBe(email);
    const image = document('query { image(id: "x") { id } }');
    await expect(client.request(image, {})).rejects.toMatchObject({
      code: 'NOT_FOUND',
      details: { id: 'x' },
    });
  });

  it('are sent once more under a new token where the server refuses the old one', async () => {
    const brief = await startTestApp({ accessTokenSeconds: 4 });
    const { client, email, signIn } = await signedIn(brief.url);
    const first = await signIn.token();
    // Issued a moment ago, so the client uses it until the server refuses it.
    const client2 = brief.client();
    client2.token = first;
    await eventually(async () => (await client2.ask('{ me { id } }')).errors !== undefined);
    expect((await client.request(ME, {})).me.email).toBe(email);
    expect(await signIn.token()).not.toBe(first);
    await brief.close();
  });

  it('are UNAUTHENTICATED once the session has ended', async () => {
    const { client, signIn } = await signedIn();
    await letPass(database, 31 * 86_400_000);
    await expect(client.request(ME, {})).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(await signIn.token()).toBeUndefined();
  });

  it('are SERVER_BUSY without an answer', async () => {
    const client = new ApiClient('http://127.0.0.1:1', apiTokenSignIn('nb_x'));
    await expect(client.request(ME, {})).rejects.toMatchObject({ code: 'SERVER_BUSY' });
  });
});

describe('subscriptions', () => {
  it('return events until they complete', async () => {
    const { client, signIn } = await signedIn();
    const id = await newJob(await asGraphQLClient(signIn));
    const statuses: string[] = [];
    for await (const { jobProgress } of client.subscribe(FOLLOW, { id })) statuses.push(jobProgress.status);
    expect(statuses.at(-1)).toBe('COMPLETED');
  });

  it.each(['cut', 'mute'] as const)('go on over a connection that is lost: %s', async (loss) => {
    let compute: ManualCompute | undefined;
    const startCompute = async (_config: unknown, _logger: unknown, storage: Storage) => {
      compute = new ManualCompute(storage);
      return compute;
    };
    const slow = await startTestApp({}, { startCompute });
    const proxy = await startTcpProxy(Number(new URL(slow.url).port));
    const { signIn } = await signedIn(slow.url);
    const id = await newJob(await asGraphQLClient(signIn, slow));
    const connections: boolean[] = [];
    const client = new ApiClient(`http://127.0.0.1:${proxy.port}`, signIn);
    const events = client.subscribe(
      FOLLOW,
      { id },
      {
        onConnection: (open) => connections.push(open),
        ...(loss === 'mute' && { silenceMs: 1_000 }),
      },
    );
    expect((await events.next()).value).toBeDefined();
    await eventually(() => compute?.running.length === 1);
    proxy[loss]();
    for (const call of compute?.running ?? []) await call.succeed();
    const statuses: string[] = [];
    for await (const { jobProgress } of events) statuses.push(jobProgress.status);
    expect(statuses.at(-1)).toBe('COMPLETED');
    // A busy machine can be silent for a second more than once.
    expect(connections.slice(0, 3)).toEqual([true, false, true]);
    await proxy.close();
    await slow.close();
  });

  it('fail with the error of the server', async () => {
    const { client } = await signedIn();
    const events = client.subscribe(FOLLOW, { id: crypto.randomUUID() });
    await expect(events.next()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('fail where the sign-in is refused, and after too long without a connection', async () => {
    const refused = new ApiClient(app.url, apiTokenSignIn('nb_unknown')).subscribe(FOLLOW, { id: 'x' });
    await expect(refused.next()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    const away = new ApiClient('http://127.0.0.1:1', apiTokenSignIn('nb_unknown'));
    const events = away.subscribe(FOLLOW, { id: 'x' }, { giveUpAfterMs: 1 });
    await expect(events.next()).rejects.toMatchObject({ code: 'SERVER_BUSY' });
  });

  it('end when they are aborted, also while they wait to connect', async () => {
    const stop = new AbortController();
    const away = new ApiClient('http://127.0.0.1:1', apiTokenSignIn('nb_unknown'));
    const options = { signal: stop.signal, onConnection: () => stop.abort() };
    expect(await away.subscribe(FOLLOW, { id: 'x' }, options).next()).toEqual({
      done: true,
      value: undefined,
    });
  });
});
