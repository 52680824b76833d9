import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { codeOf, type GraphQLClient } from '../../support/clients/graphql-client.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

const LOGIN = 'mutation ($input: LoginInput!) { login(input: $input) { accessToken } }';
const PASSWORD = 'correct horse';

let app: TestApp;
beforeAll(async () => {
  // Behind a proxy, so that attempts can come from many addresses.
  app = await startTestApp({ trustProxy: 1 });
});
afterAll(() => app.close());

/** A client whose requests come from one address. */
function from(address: string): GraphQLClient {
  const client = app.client();
  client.authorization = () => ({ 'x-forwarded-for': address });
  return client;
}

const attempt = (client: GraphQLClient, email: string, password = 'wrong password') =>
  client.ask(LOGIN, { input: { email, password } });

describe('guessing a password', () => {
  it('is stopped for the account, from wherever it comes, and however right the last guess is', async () => {
    const { user } = await from('192.0.2.1').register();
    for (let guess = 0; guess < 9; guess++)
      expect(codeOf(await attempt(from(`198.51.100.${guess}`), user.email))).toBe('UNAUTHENTICATED');
    const refused = await attempt(from('203.0.113.1'), user.email, PASSWORD);
    expect(refused.errors?.[0]?.extensions).toEqual({
      code: 'RATE_LIMITED',
      retryAfterMs: expect.any(Number),
    });
    const inCapitals = await attempt(from('203.0.113.2'), user.email.toUpperCase(), PASSWORD);
    expect(codeOf(inCapitals)).toBe('RATE_LIMITED');
  });

  it('is stopped for the address, over whatever accounts', async () => {
    for (let guess = 0; guess < 100; guess++)
      expect(codeOf(await attempt(from('192.0.2.7'), `nobody-${guess}@example.com`))).toBe('UNAUTHENTICATED');
    expect(codeOf(await attempt(from('192.0.2.7'), 'nobody@example.com'))).toBe('RATE_LIMITED');
    expect(codeOf(await attempt(from('192.0.2.8'), 'nobody@example.com'))).toBe('UNAUTHENTICATED');
  });

  it('is counted for each field, so that many in one request are many', async () => {
    const { user } = await from('192.0.2.9').register();
    const field = (index: number, password: string) =>
      `a${index}: login(input: { email: "${user.email}", password: "${password}" }) { accessToken }`;
    // A successful sign-in clears the count, so what is counted here is by address.
    const fields = Array.from({ length: 20 }, (_, index) => field(index, PASSWORD)).join('\n');
    const codes: string[] = [];
    for (let request = 0; request < 6; request++) {
      const answer = await from('192.0.2.10').ask(`mutation { ${fields} }`);
      codes.push(answer.errors ? codeOf(answer) : 'OK');
    }
    expect(codes).toEqual(['OK', 'OK', 'OK', 'OK', 'OK', 'RATE_LIMITED']);
    const twentyOne = `mutation { ${fields} ${field(20, PASSWORD)} }`;
    expect((await from('192.0.2.11').ask(twentyOne)).errors?.[0]?.extensions).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      limit: 'maxRootFields',
    });
  });

  it('learns nothing from the answer', async () => {
    const { user } = await from('192.0.2.12').register();
    const answers = [
      await attempt(from('192.0.2.13'), user.email),
      await attempt(from('192.0.2.13'), 'nobody-at-all@example.com'),
      await attempt(from('192.0.2.13'), 'no address'),
      await attempt(from('192.0.2.13'), 'nul\0@example.com', '\0'),
      await attempt(from('192.0.2.13'), user.email, ''),
      await attempt(from('192.0.2.13'), user.email, 'x'.repeat(50_000)),
    ];
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });
});
