import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { User } from '../../../src/entities/accounts/user.entity.js';
import type { Storage } from '../../../src/storage/storage.js';
import { tablesThatMention } from '../../support/checks/rows-that-mention.js';
import { codeOf, type GraphQLClient } from '../../support/clients/graphql-client.js';
import { RawSocket } from '../../support/clients/raw-socket.js';
import { eventually } from '../../support/eventually.js';
import { accountWorld } from '../../support/fakes/account-world.js';
import { ManualCompute } from '../../support/fakes/manual-compute.js';
import { VirtualRunner } from '../../support/fakes/virtual-runner.js';
import { ONE_PIXEL_PNG } from '../../support/images/one-pixel.js';
import { eachDatabase, openTestDatabase, type TestDatabase } from '../../support/servers/database.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

const PASSWORD = 'correct horse';
const LOGIN =
  'mutation ($input: LoginInput!) { login(input: $input) { user { id } accessToken refreshToken } }';
const CHANGE =
  'mutation ($from: String!, $to: String!) { changePassword(currentPassword: $from, newPassword: $to) { accessToken refreshToken } }';
const CREATE_TOKEN =
  'mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) { token apiToken { id scope } } }';

eachDatabase('the life of an account', (databases) => {
  /** Of one process on SQLite, of two on PostgreSQL: what is changed in the first has to hold in the last. */
  let apps: TestApp[];
  let compute: ManualCompute;
  let database: TestDatabase;
  let folder: string;
  const first = () => apps[0] as TestApp;
  const last = () => apps.at(-1) as TestApp;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'account-life-'));
    const databaseUrl =
      databases.kind === 'SQLITE' ? `sqlite://${join(folder, 'rows.db')}` : await databases.create();
    const shared = { databaseUrl, jwtSecret: 'a secret for tests of at least 32 characters', trustProxy: 1 };
    const startCompute = async (_config: unknown, _logger: unknown, storage: Storage) => {
      compute = new ManualCompute(storage);
      return compute;
    };
    const one = await startTestApp(shared, { startCompute, sampleRunner: () => new VirtualRunner() });
    apps = [one];
    database = await openTestDatabase(databaseUrl);
    if (databases.kind === 'POSTGRESQL') {
      apps.push(await startTestApp({ ...shared, workerInline: false, storageUrl: `file://${one.mediaDir}` }));
    }
  });
  afterAll(async () => {
    await database.close();
    await Promise.all(apps.map((app) => app.close()));
    await rm(folder, { recursive: true });
  });

  async function signIn(app: TestApp, email: string, password = PASSWORD) {
    const client = app.client();
    const { login } = await client.get(LOGIN, { input: { email, password } });
    client.token = login.accessToken;
    return { client, ...login };
  }

  async function register() {
    const client = first().client();
    const { user, refreshToken } = await client.register();
    return { client, email: String(user.email), id: String(user.id), refreshToken };
  }

  async function connect(app: TestApp, client: GraphQLClient): Promise<RawSocket> {
    const socket = await RawSocket.connect(`${app.url.replace('http', 'ws')}/graphql`);
    socket.send({ type: 'connection_init', payload: client.authorization() });
    await socket.until('connection_ack');
    return socket;
  }

  async function apiToken(owner: GraphQLClient, scope: 'READ' | 'WRITE', app = first()) {
    const { createApiToken } = await owner.get(CREATE_TOKEN, { input: { name: 'ci', scope } });
    const client = app.client();
    client.token = createApiToken.token;
    return { client, ...createApiToken };
  }

  const isSignedIn = async (client: GraphQLClient) =>
    (await client.ask('{ me { id } }')).errors === undefined;

  it('ends other sessions and API tokens when the password changes, on open sockets and other processes', async () => {
    const { client, email } = await register();
    const other = await signIn(last(), email);
    const token = await apiToken(client, 'READ', last());
    const [own, ofOther, ofToken] = [
      await connect(first(), client),
      await connect(last(), other.client),
      await connect(last(), token.client),
    ];
    const { changePassword } = await client.get(CHANGE, { from: PASSWORD, to: 'battery staple' });
    expect(await isSignedIn(other.client)).toBe(false);
    expect(await isSignedIn(token.client)).toBe(false);
    expect(await Promise.all([ofOther.closed, ofToken.closed])).toEqual([4403, 4403]);
    expect(own.socket.readyState).toBe(own.socket.OPEN);
    own.socket.terminate();

    expect(await isSignedIn(client)).toBe(true);
    const refresh = 'mutation ($token: String!) { refreshToken(refreshToken: $token) { accessToken } }';
    expect(await client.codeOf(refresh, { token: other.refreshToken })).toBe('UNAUTHENTICATED');
    await client.get(refresh, { token: changePassword.refreshToken });
    await signIn(last(), email, 'battery staple');
  });

  it('lists and ends sessions', async () => {
    const { client, email } = await register();
    const [one, two] = [await signIn(last(), email), await signIn(last(), email)];
    const SESSIONS = '{ sessions { id createdAt lastUsedAt expiresAt userAgent address current } }';
    const { sessions } = await client.get(SESSIONS);
    expect(sessions).toHaveLength(3);
    expect(sessions.map(({ current }: { current: boolean }) => current)).toEqual([true, false, false]);
    expect(sessions[0]).toMatchObject({ userAgent: 'node', address: expect.stringContaining('127.0.0.1') });

    const { sessions: ofOne } = await one.client.get(SESSIONS);
    const socket = await connect(last(), one.client);
    const REVOKE = 'mutation ($id: ID!) { revokeSession(id: $id) }';
    expect(await client.get(REVOKE, { id: ofOne[0].id })).toEqual({ revokeSession: ofOne[0].id });
    expect(await socket.closed).toBe(4403);
    expect(await isSignedIn(one.client)).toBe(false);
    expect(await client.get('mutation { revokeOtherSessions }')).toEqual({ revokeOtherSessions: 1 });
    expect(await isSignedIn(two.client)).toBe(false);
    expect(await isSignedIn(client)).toBe(true);
  });

  describe('API tokens', () => {
    const uploadOf = (client: GraphQLClient) =>
      client.send(
        'mutation ($file: Upload!) { uploadImage(file: $file) { id } }',
        { file: null },
        { 'variables.file': { name: 'a.png', bytes: ONE_PIXEL_PNG } },
      );

    it('read with scope READ, over HTTP, WebSocket and downloads, and change nothing', async () => {
      const { client: owner, id } = await register();
      const { client, token } = await apiToken(owner, 'READ', last());
      expect(token).toMatch(/^nb_[\w-]{43}$/);
      expect((await client.get('{ me { id } images { totalCount } }')).me.id).toBe(id);
      (await connect(last(), client)).socket.terminate();
      const image = await owner.upload(ONE_PIXEL_PNG);
      const url = `${first().url}${new URL(image.url).pathname}`;
      expect((await fetch(url, { headers: client.authorization() })).status).toBe(200);
      expect(await client.codeOf('mutation ($id: ID!) { deleteImage(id: $id) }', image)).toBe('FORBIDDEN');
      expect(codeOf(await uploadOf(client))).toBe('FORBIDDEN');
    });

    it('change with scope WRITE', async () => {
      const { client } = await apiToken((await register()).client, 'WRITE');
      expect((await uploadOf(client)).errors).toBeUndefined();
    });

    it.each([
      '{ sessions { id } }',
      '{ apiTokens { id } }',
      'mutation { revokeOtherSessions }',
      `mutation { revokeSession(id: "${crypto.randomUUID()}") }`,
      `mutation { revokeApiToken(id: "${crypto.randomUUID()}") }`,
      `mutation { createApiToken(input: { name: "x" }) { token } }`,
      `mutation { changePassword(currentPassword: "${PASSWORD}", newPassword: "battery staple") { accessToken } }`,
      `mutation { deleteAccount(password: "${PASSWORD}") }`,
      `mutation { login(input: { email: "a@example.com", password: "${PASSWORD}" }) { accessToken } }`,
      `mutation { register(input: { email: "a@example.com", password: "${PASSWORD}" }) { accessToken } }`,
      'mutation { refreshToken(refreshToken: "x") { accessToken } }',
      'mutation { logout(refreshToken: "x") }',
    ])('are FORBIDDEN for %s', async (query) => {
      const { client: owner } = await register();
      for (const scope of ['READ', 'WRITE'] as const)
        expect(await (await apiToken(owner, scope)).client.codeOf(query)).toBe('FORBIDDEN');
    });

    it('end when they are revoked, sockets included', async () => {
      const { client: owner } = await register();
      const { client, apiToken: listed } = await apiToken(owner, 'WRITE', last());
      const socket = await connect(last(), client);
      const LIST = '{ apiTokens { id name scope createdAt lastUsedAt expiresAt } }';
      expect((await owner.get(LIST)).apiTokens).toMatchObject([
        { id: listed.id, name: 'ci', scope: 'WRITE', lastUsedAt: expect.any(String) },
      ]);
      await owner.get('mutation ($id: ID!) { revokeApiToken(id: $id) }', listed);
      expect(await socket.closed).toBe(4403);
      expect(await socket.reason).toMatch(/^The API token was revoked/);
      expect(await isSignedIn(client)).toBe(false);
      expect((await owner.get(LIST)).apiTokens).toEqual([]);
    });
  });

  describe('deleting it', () => {
    const DELETE = 'mutation ($password: String!) { deleteAccount(password: $password) }';
    const filesIn = async () =>
      (await readdir(join(first().mediaDir, 'images'), { recursive: true })).filter(
        (name) => name.length > 30,
      );

    it('stops its work, removes its rows and files, and frees the address', async () => {
      const neighbour = await register();
      await neighbour.client.upload(ONE_PIXEL_PNG);
      const before = await filesIn();
      const { client, email, id, refreshToken } = await register();
      const images = await Promise.all([1, 2, 3].map(() => client.upload(ONE_PIXEL_PNG)));
      const { createBatchJob: job } = await client.get(
        'mutation ($input: CreateBatchJobInput!) { createBatchJob(input: $input) { id } }',
        { input: { imageIds: images.map(({ id }) => id), operations: [{ grayscale: true }] } },
      );
      await eventually(() => compute.running.length > 0);
      const { runBenchmark: benchmark } = await client.get(
        'mutation ($input: RunBenchmarkInput!) { runBenchmark(input: $input) { id } }',
        { input: { workload: 'FIBONACCI', models: ['SYNC'], workerCounts: [1], repetitions: 50 } },
      );
      const token = await apiToken(client, 'WRITE', last());
      const socket = await connect(last(), client);

      expect(await client.codeOf(DELETE, { password: 'wrong password' })).toBe('BAD_USER_INPUT');
      expect(await tablesThatMention(database, id)).toContain(
        databases.kind === 'SQLITE' ? 'job' : 'public.job',
      );
      expect(await client.get(DELETE, { password: PASSWORD })).toEqual({ deleteAccount: true });
      expect(await socket.closed).toBe(4403);
      for (const ended of [client, token.client]) expect(await isSignedIn(ended)).toBe(false);
      const refresh = 'mutation ($token: String!) { refreshToken(refreshToken: $token) { accessToken } }';
      expect(await client.codeOf(refresh, { token: refreshToken })).toBe('UNAUTHENTICATED');
      for (const call of compute.running) await call.succeed();
      await eventually(async () => JSON.stringify(await filesIn()) === JSON.stringify(before));

      await eventually(async () => (await tablesThatMention(database, id)).length === 0);
      const again = last().client();
      await again.register(email, 'battery staple');
      const ids = { job: job.id, benchmark: benchmark.id, image: images[0].id };
      for (const [kind, id] of Object.entries(ids))
        expect(await again.codeOf(`query ($id: ID!) { ${kind}(id: $id) { id } }`, { id })).toBe('NOT_FOUND');
      expect((await neighbour.client.get('{ images { totalCount } }')).images.totalCount).toBe(1);
    });

    it('is completed by the next start after a crash in the middle', async () => {
      const url =
        databases.kind === 'SQLITE' ? `sqlite://${join(folder, 'crashed.db')}` : await databases.create();
      const storage = await mkdtemp(join(folder, 'crashed-'));
      const settings = { databaseUrl: url, storageUrl: `file://${storage}` };
      const crashed = await startTestApp(settings);
      const client = crashed.client();
      const { user } = await client.register();
      await client.upload(ONE_PIXEL_PNG);
      await crashed.close();
      const left = await openTestDatabase(url);
      const { removal } = accountWorld(left);
      // The process ended right after the commit that marks the account.
      const em = left.fork();
      await removal.mark(em, await em.findOneOrFail(User, { id: user.id }));

      const restarted = await startTestApp(settings);
      await eventually(async () => (await tablesThatMention(left, user.id)).length === 0);
      expect(await readdir(join(storage, 'images'))).toEqual([]);
      await left.close();
      await restarted.close();
    });
  });
});
