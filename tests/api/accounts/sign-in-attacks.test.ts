import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { codeOf, type GraphQLAnswer, type GraphQLClient } from '../../support/clients/graphql-client.js';
import { eachDatabase } from '../../support/servers/database.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken } }';
const PASSWORD = 'correct horse';
/** Long enough for six requests to arrive while the first of them waits, on a busy machine too. */
const DELAY = { delayMs: 2_000, maxDelayed: 2 };

eachDatabase('signing in under attack', (databases) => {
  let app: TestApp;
  beforeAll(async () => {
    const { signIn } = (await import('../../../src/config.js')).loadConfig({});
    // Behind a proxy, so that attempts can come from many addresses.
    const settings = { trustProxy: 1, signIn: { ...signIn, ...DELAY } };
    app = await startTestApp({ ...settings, databaseUrl: await databases.create() });
  });
  afterAll(() => app.close());

  /** A client whose requests come from one address. */
  function from(address: string): GraphQLClient {
    const client = app.client();
    client.authorization = () => ({ 'x-forwarded-for': address });
    return client;
  }

  const attempt = (address: string, email: string, password = 'wrong password') =>
    from(address).ask(LOGIN, { input: { email, password } });
  const outcome = (answer: GraphQLAnswer<unknown>) => (answer.errors ? codeOf(answer) : 'OK');

  it('refuses an address after ten failures of one account, and its owner nowhere else', async () => {
    const { user } = await from('203.0.113.9').register();
    for (let n = 0; n < 10; n++)
      expect(codeOf(await attempt('198.51.100.1', user.email))).toBe('UNAUTHENTICATED');
    const refused = await attempt('198.51.100.1', user.email, PASSWORD);
    expect(refused.errors?.[0]?.extensions).toEqual({
      code: 'RATE_LIMITED',
      retryAfterMs: expect.any(Number),
    });
    expect(outcome(await attempt('198.51.100.1', user.email.toUpperCase(), PASSWORD))).toBe('RATE_LIMITED');
    for (const address of ['203.0.113.9', '203.0.113.10'])
      expect(outcome(await attempt(address, user.email, PASSWORD))).toBe('OK');
    expect(outcome(await attempt('198.51.100.1', user.email, PASSWORD))).toBe('RATE_LIMITED');
  });

  it('refuses an address after a hundred failures of many accounts', async () => {
    for (let n = 0; n < 100; n++)
      expect(codeOf(await attempt('192.0.2.7', `nobody-${n}@example.com`))).toBe('UNAUTHENTICATED');
    expect(codeOf(await attempt('192.0.2.7', 'nobody@example.com'))).toBe('RATE_LIMITED');
    expect(codeOf(await attempt('192.0.2.8', 'nobody@example.com'))).toBe('UNAUTHENTICATED');
  });

  it('counts each field, so that many in one request are many', async () => {
    const { user } = await from('192.0.2.9').register();
    const field = (index: number, password: string) =>
      `a${index}: login(input: { email: "${user.email}", password: "${password}" }) { accessToken }`;
    const wrong = (index: number) => field(index, `wrong ${index}`);
    // A mutation stops at its first error, so these are requests of one failure each.
    for (let n = 0; n < 10; n++) {
      const fields = Array.from({ length: 20 }, (_, index) => wrong(index)).join('\n');
      expect(outcome(await from('192.0.2.10').ask(`mutation { ${fields} }`))).toBe('UNAUTHENTICATED');
    }
    expect(outcome(await from('192.0.2.10').ask(`mutation { ${field(0, PASSWORD)} }`))).toBe('RATE_LIMITED');
  });

  it('counts simultaneous guesses of one address', async () => {
    const { user } = await from('192.0.2.20').register();
    const guesses = Array.from({ length: 30 }, (_, n) => attempt('198.51.100.20', user.email, `wrong ${n}`));
    await Promise.all(guesses);
    expect(outcome(await attempt('198.51.100.20', user.email, PASSWORD))).toBe('RATE_LIMITED');
  });

  it('counts no success: a classroom signs in from one address', async () => {
    const users = await Promise.all([1, 2, 3].map(() => from('192.0.2.30').register()));
    const fields = users.map(
      ({ user }, index) =>
        `a${index}: login(input: { email: "${user.email}", password: "${PASSWORD}" }) { accessToken }`,
    );
    for (let n = 0; n < 40; n++)
      expect(outcome(await from('192.0.2.30').ask(`mutation { ${fields.join('\n')} }`))).toBe('OK');
  });

  it('counts no registration against the account whose address it names', async () => {
    const { user } = await from('192.0.2.40').register();
    const register = 'mutation ($input: RegisterInput!) { register(input: $input) { accessToken } }';
    for (let n = 0; n < 12; n++) {
      const input = { email: user.email, password: PASSWORD };
      expect(await from('192.0.2.41').codeOf(register, { input })).toBe('CONFLICT');
    }
    for (const address of ['192.0.2.40', '192.0.2.41', '192.0.2.42'])
      expect(outcome(await attempt(address, user.email, PASSWORD))).toBe('OK');
  });

  describe('of one account from everywhere', () => {
    let email: string;
    beforeAll(async () => {
      ({ email } = (await from('203.0.113.200').register()).user);
      for (let n = 0; n < 50; n++) await attempt(`198.18.${n}.1`, email);
    });

    it('delays unknown addresses, a bounded number at a time, and no known one', async () => {
      const strangers = Array.from({ length: 6 }, (_, n) => attempt(`198.18.100.${n}`, email, PASSWORD));
      const owner = await attempt('203.0.113.200', email, PASSWORD);
      expect(outcome(owner)).toBe('OK');
      const outcomes = (await Promise.all(strangers)).map(outcome).sort();
      expect(new Set(outcomes)).toEqual(new Set(['OK', 'SERVER_BUSY']));
      expect(outcomes.filter((code) => code === 'OK').length).toBeGreaterThanOrEqual(DELAY.maxDelayed);
    });

    it('refuses no other address', async () => {
      expect(outcome(await attempt('192.0.2.50', email, PASSWORD))).toBe('OK');
      expect(outcome(await attempt('192.0.2.51', email))).toBe('UNAUTHENTICATED');
    });
  });

  it('answers alike for accounts that exist and for any other text', async () => {
    const { user } = await from('192.0.2.12').register();
    const answers = [
      await attempt('192.0.2.13', user.email),
      await attempt('192.0.2.13', 'nobody-at-all@example.com'),
      await attempt('192.0.2.13', 'no address'),
      await attempt('192.0.2.13', 'nul\0@example.com', '\0'),
      await attempt('192.0.2.13', user.email, ''),
      await attempt('192.0.2.13', user.email, 'x'.repeat(50_000)),
    ];
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });
});
