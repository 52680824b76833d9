import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { noteSecrets } from '../../support/checks/secrets.js';
import { eachDatabase, openTestDatabase, type TestDatabase } from '../../support/servers/database.js';
import { freePort } from '../../support/servers/free-port.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';
import { letPass } from '../../support/servers/time-travel.js';

const PASSWORD = 'correct horse';
interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests read answers freely
  body: any;
  /** Set-Cookie as it came; null without one. */
  setCookie: string | null;
}

/** The cookie under the name that a process expects: behind a proxy, all of them have one address and one name. */
const withPortOf = (url: string, cookie: string): string => cookie.replace(/_\d+=/, `_${new URL(url).port}=`);

/** A browser: pages of one origin that share a cookie. Answers change the cookie only when `receive` is called. */
class Browser {
  cookie = '';

  constructor(private readonly urls: readonly string[]) {}

  /** Sends a request, from the next process in turn. */
  async send(
    path: string,
    body?: object,
    headers: Record<string, string> = {},
    method = 'POST',
  ): Promise<Answer> {
    const [url = '', ...others] = this.urls;
    Object.assign(this, { urls: [...others, url] });
    const response = await fetch(`${url}/session${path}`, {
      method,
      headers: {
        ...{ origin: new URL(url).origin, 'content-type': 'application/json' },
        cookie: withPortOf(url, this.cookie),
        ...headers,
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    noteSecrets(JSON.stringify(body ?? {}));
    noteSecrets(text);
    const setCookie = response.headers.get('set-cookie');
    return { status: response.status, body: text && JSON.parse(text), setCookie };
  }

  receive(answer: Answer): Answer {
    const [, value] = /^([^;]*)/.exec(answer.setCookie ?? '') ?? [];
    if (value) this.cookie = value;
    return answer;
  }

  async signIn(credentials: object): Promise<Answer> {
    return this.receive(await this.send('', credentials));
  }

  async renew(): Promise<Answer> {
    return this.receive(await this.send('/renew', {}));
  }
}

eachDatabase('the session routes', (databases) => {
  let folder: string;
  /** One process on SQLite, two on PostgreSQL. */
  let apps: TestApp[];
  let database: TestDatabase;
  const urls = () => apps.map(({ url }) => url);
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'session-routes-'));
    const databaseUrl =
      databases.kind === 'SQLITE' ? `sqlite://${join(folder, 'rows.db')}` : await databases.create();
    const shared = { databaseUrl, jwtSecret: 'a secret for tests of at least 32 characters' };
    apps = [await startTestApp(shared)];
    if (databases.kind === 'POSTGRESQL') apps.push(await startTestApp(shared));
    database = await openTestDatabase(databaseUrl);
  });
  afterAll(async () => {
    await database.close();
    await Promise.all(apps.map((app) => app.close()));
    await rm(folder, { recursive: true });
  });

  let accounts = 0;
  async function signedIn() {
    const browser = new Browser(urls());
    const email = `page-${++accounts}@example.com`;
    const { status, body } = await browser.signIn({ email, password: PASSWORD, register: true });
    expect(status).toBe(200);
    return { browser, email, ...body };
  }

  it('set a cookie whose name has the port of the address, which is no other server of the host', async () => {
    const { port } = new URL(String(urls()[0]));
    const { setCookie } = await new Browser(urls().slice(0, 1)).signIn({
      ...{ email: 'ports@example.com', password: PASSWORD, register: true },
    });
    expect(setCookie?.startsWith(`nogil_bench_session_${port}=`)).toBe(true);
  });

  const me = async (accessToken: string) => {
    const client = apps[0]?.client();
    if (!client) throw new Error('no app');
    client.token = accessToken;
    return client.ask('{ me { email } }');
  };
  const wait = (seconds: number) => letPass(database, seconds * 1000);

  it('register, sign in, renew and sign out; the refresh token is in the cookie alone', async () => {
    const { browser, email, user, accessToken, accessTokenExpiresAt } = await signedIn();
    expect(user).toEqual({ id: expect.any(String), email, createdAt: expect.any(String) });
    expect(Date.parse(accessTokenExpiresAt)).toBeGreaterThan(Date.now());
    expect((await me(accessToken)).data).toEqual({ me: { email } });

    const again = new Browser(urls());
    const answer = await again.signIn({ email, password: PASSWORD });
    expect(Object.keys(answer.body).sort()).toEqual(['accessToken', 'accessTokenExpiresAt', 'user']);
    expect(answer.setCookie).toMatch(/^nogil_bench_session_\d+=[\w-]{43}; Max-Age=2592000; Path=\/session; /);
    expect(answer.setCookie).toMatch(/; HttpOnly; SameSite=Strict$/);
    const renewed = await again.renew();
    expect((await me(renewed.body.accessToken)).errors).toBeUndefined();

    const left = again.receive(await again.send('', undefined, {}, 'DELETE'));
    expect(left).toMatchObject({
      status: 204,
      setCookie: expect.stringMatching(/=; .*Expires=Thu, 01 Jan 1970/),
    });
    expect((await me(renewed.body.accessToken)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect((await again.renew()).status).toBe(401);
    expect((await browser.renew()).status).toBe(200);
    expect((await new Browser(urls()).send('', undefined, {}, 'DELETE')).status).toBe(204);
  });

  it('set Secure and the path of the public address, and take pages of that origin alone', async () => {
    const port = await freePort();
    const own = `http://127.0.0.1:${port}`;
    const app = await startTestApp({ publicUrl: 'https://images.example/nogil', host: '127.0.0.1', port });
    const page = new Browser([own]);
    const credentials = { email: 'ada@example.com', password: PASSWORD, register: true };
    const origin = 'https://images.example';
    const { setCookie } = await page.send('', credentials, { origin });
    expect(setCookie).toMatch(/; Path=\/nogil\/session; .*HttpOnly; Secure; SameSite=Strict$/);
    for (const other of ['http://images.example', 'https://images.example:8443', own])
      expect((await page.send('', credentials, { origin: other })).status).toBe(403);
    await app.close();
  });

  it.each<[string, Record<string, string>, number]>([
    ['of another origin', { origin: 'https://evil.example' }, 403],
    ['of an opaque origin', { origin: 'null' }, 403],
    ['of a page of the same site', { 'sec-fetch-site': 'same-site' }, 403],
    ['across sites', { 'sec-fetch-site': 'cross-site' }, 403],
    ['as a form', { 'content-type': 'application/x-www-form-urlencoded' }, 400],
    ['as text', { 'content-type': 'text/plain' }, 400],
  ])('refuse a request %s', async (_what, headers, status) => {
    const { browser, email } = await signedIn();
    const credentials = { email, password: PASSWORD };
    for (const path of ['', '/renew', '/password']) {
      const refused = await browser.send(path, credentials, headers);
      expect(refused).toMatchObject({ status, setCookie: null });
    }
    if (status === 403) expect((await browser.send('', undefined, headers, 'DELETE')).status).toBe(403);
    expect((await browser.renew()).status).toBe(200);
  });

  it('refuse a request without an Origin', async () => {
    const response = await fetch(`${apps[0]?.url}/session/renew`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(response.status).toBe(403);
  });

  it('answer wrong input and wrong passwords as GraphQL does', async () => {
    const { browser, email } = await signedIn();
    const errorOf = async (path: string, body: object, headers = {}) =>
      (await browser.send(path, body, headers)).body.errors[0].extensions;
    expect(await errorOf('', { email, password: 'wrong password' })).toEqual({ code: 'UNAUTHENTICATED' });
    expect(await errorOf('', { email: 1, password: PASSWORD })).toEqual({
      code: 'BAD_USER_INPUT',
      field: 'email',
    });
    expect(await errorOf('', { email: 'x', password: PASSWORD, register: true })).toMatchObject({
      field: 'email',
    });
    const taken = { email, password: PASSWORD, register: true };
    expect(await errorOf('', taken)).toEqual({ code: 'CONFLICT', field: 'email' });
    expect(await errorOf('/password', {})).toEqual({ code: 'UNAUTHENTICATED' });
  });

  describe('in a race', () => {
    it('keep the page signed in that is reloaded while it renews', async () => {
      const { browser } = await signedIn();
      await wait(40);
      await browser.send('/renew', {});
      expect((await browser.renew()).status).toBe(200);
      await wait(40);
      expect((await browser.renew()).status).toBe(200);
    });

    it('keep two tabs signed in that renew at once, for any order of the answers', async () => {
      for (const order of [
        [0, 1],
        [1, 0],
      ]) {
        const { browser } = await signedIn();
        for (const seconds of [0, 40, 12, 45]) {
          await wait(seconds);
          const answers = await Promise.all([browser.send('/renew', {}), browser.send('/renew', {})]);
          for (const index of order) browser.receive(answers[index] as Answer);
          expect(answers.map(({ status }) => status)).toEqual([200, 200]);
        }
        expect((await browser.renew()).status).toBe(200);
      }
    });

    it('keep a page signed in that lost the answer and retries within 30 s', async () => {
      const { browser } = await signedIn();
      await wait(40);
      await browser.send('/renew', {});
      await wait(16);
      expect((await browser.renew()).status).toBe(200);
    });

    it('end the session when a used cookie is replayed after that', async () => {
      const { browser } = await signedIn();
      await wait(40);
      const thief = new Browser(urls());
      thief.cookie = browser.cookie;
      await browser.renew();
      await wait(40);
      expect((await thief.renew()).status).toBe(401);
      expect((await browser.renew()).status).toBe(401);
    });

    it('leave the cookie of a later sign-in alone when a refusal arrives after it', async () => {
      const { browser, email } = await signedIn();
      await browser.send('', undefined, {}, 'DELETE');
      const refused = await browser.send('/renew', {});
      await browser.signIn({ email, password: PASSWORD });
      expect(refused).toMatchObject({ status: 401, setCookie: null });
      browser.receive(refused);
      expect((await browser.renew()).status).toBe(200);
    });

    it('end every tab when one signs out', async () => {
      const { browser, accessToken } = await signedIn();
      const tab = new Browser(urls());
      tab.cookie = browser.cookie;
      browser.receive(await browser.send('', undefined, {}, 'DELETE'));
      expect((await tab.renew()).status).toBe(401);
      expect((await me(accessToken)).errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    });

    it('go by the clock of the database where those of the processes differ', async () => {
      const { browser } = await signedIn();
      const now = Date.now;
      try {
        for (const [hours, seconds] of [
          [1, 0],
          [-1, 40],
          [2, 12],
          [-2, 45],
        ] as const) {
          Date.now = () => now() + hours * 3_600_000;
          await wait(seconds);
          expect((await browser.renew()).status).toBe(200);
        }
      } finally {
        Date.now = now;
      }
    });
  });

  describe('change the password', () => {
    const change = { currentPassword: PASSWORD, newPassword: 'battery staple' };

    it('keeping this browser signed in and no other', async () => {
      const { browser, email, accessToken } = await signedIn();
      const other = new Browser(urls());
      await other.signIn({ email, password: PASSWORD });
      const headers = { authorization: `Bearer ${accessToken}` };
      const wrong = await browser.send(
        '/password',
        { ...change, currentPassword: 'wrong password' },
        headers,
      );
      expect(wrong.body.errors[0].extensions).toEqual({ code: 'BAD_USER_INPUT', field: 'currentPassword' });
      const before = browser.cookie;
      expect(browser.receive(await browser.send('/password', change, headers)).status).toBe(200);
      expect(browser.cookie).not.toBe(before);
      expect((await browser.renew()).status).toBe(200);
      expect((await other.renew()).status).toBe(401);
    });

    it('of no account but the one that the page shows', async () => {
      const { browser, accessToken } = await signedIn();
      const tab = await signedIn();
      browser.cookie = tab.browser.cookie;
      const headers = { authorization: `Bearer ${accessToken}` };
      const refused = await browser.send('/password', change, headers);
      expect(refused).toMatchObject({ status: 409, setCookie: null });
    });
  });
});
