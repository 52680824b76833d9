import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { eachDatabase } from '../../support/servers/database.js';
import { startTestApp, type TestApp } from '../../support/servers/test-app.js';

eachDatabase('accounts over HTTP', (databases) => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ databaseUrl: await databases.create(), trustProxy: 1 });
  });
  afterAll(() => app.close());

  it('register, are read by `me`, refresh, and sign out', async () => {
    const client = app.client();
    const { user, refreshToken, accessTokenExpiresAt } = await client.register('Ada@Example.com');
    expect(user.email).toBe('ada@example.com');
    expect(Date.parse(accessTokenExpiresAt)).toBeGreaterThan(Date.now());
    expect((await client.get('{ me { id email } }')).me).toEqual(user);

    const refreshed = await client.get(
      'mutation ($token: String!) { refreshToken(refreshToken: $token) { accessToken refreshToken } }',
      { token: refreshToken },
    );
    client.token = refreshed.refreshToken.accessToken;
    expect((await client.get('{ me { id } }')).me.id).toBe(user.id);

    const logout = 'mutation ($token: String!) { logout(refreshToken: $token) }';
    expect(await client.get(logout, { token: refreshed.refreshToken.refreshToken })).toEqual({
      logout: true,
    });
    expect(await client.codeOf('{ me { id } }')).toBe('UNAUTHENTICATED');
  });

  it('need no sign-in for serverInfo', async () => {
    const { serverInfo } = await app.client().get('{ serverInfo { version database engines { engine } } }');
    expect(serverInfo).toMatchObject({
      database: databases.kind,
      engines: [{ engine: 'JIMP' }, { engine: 'SHARP' }],
    });
  });

  it('stop a mutation at its first refused sign-in, and count that one alone', async () => {
    const login = (index: number) =>
      `a${index}: login(input: { email: "nobody@example.com", password: "wrong password" }) { accessToken }`;
    const twelve = `mutation { ${Array.from({ length: 12 }, (_, index) => login(index)).join('\n')} }`;
    for (let attempt = 0; attempt < 10; attempt++) {
      const { errors } = await app.client().ask(twelve);
      expect(errors).toMatchObject([{ path: ['a0'], extensions: { code: 'UNAUTHENTICATED' } }]);
    }
    expect(await app.client().codeOf(twelve)).toBe('RATE_LIMITED');
  });

  it('leave no password and no token in the log', async () => {
    const { accessToken, refreshToken } = await app.client().register(undefined, 'a very secret password');
    const log = JSON.stringify(app.log);
    for (const secret of [accessToken, refreshToken, 'a very secret password'])
      expect(log).not.toContain(secret);
    expect(app.log.filter(({ msg }) => msg === 'request')).not.toHaveLength(0);
    expect(app.log.at(-1)).toMatchObject({
      method: 'POST',
      path: '/graphql',
      status: 200,
      ms: expect.any(Number),
    });
  });
});
