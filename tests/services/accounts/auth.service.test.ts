import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import jwt from 'jsonwebtoken';
import { RefreshToken } from '../../../src/entities/refresh-token.entity.js';
import { AccessTokens } from '../../../src/services/accounts/access-tokens.js';
import { AttemptLimiter } from '../../../src/services/accounts/attempt-limiter.js';
import { AuthService } from '../../../src/services/accounts/auth.service.js';
import { Passwords } from '../../../src/services/accounts/passwords.js';
import { eachDatabase, type TestDatabase } from '../../support/servers/database.js';

const SECRET = 'a secret for tests of at least 32 characters';
const PASSWORD = 'correct horse';

eachDatabase('accounts', (databases) => {
  let database: TestDatabase;
  let accounts = 0;
  // The cost of production would only make the tests slow.
  const passwords = new Passwords(4);
  const accessTokens = new AccessTokens(SECRET, 900);
  const many = { perAccount: 1000, perAddress: 1000, perSession: 1000 };
  const service = (attempts = new AttemptLimiter(many), sessionDays = 30) =>
    new AuthService(database.fork(), { passwords, accessTokens, attempts, sessionDays });
  const attempt = (arrivedAt = new Date()) => ({ address: '192.0.2.1', arrivedAt });
  const someone = () => ({ email: `user-${++accounts}@example.com`, password: PASSWORD });
  const refused = { code: 'UNAUTHENTICATED' };

  beforeAll(async () => {
    database = await databases.open();
  });
  afterAll(() => database.close());

  it('sign in with any capital letters in the address', async () => {
    const { email, password } = someone();
    const { user } = await service().register({ email, password }, attempt());
    const signedIn = await service().login({ email: ` ${email.toUpperCase()} `, password }, attempt());
    expect(signedIn.user).toMatchObject({ id: user.id, email });
    expect(await service().authenticate(signedIn.accessToken)).toMatchObject({ userId: user.id });
  });

  it('are one for each address', async () => {
    const account = someone();
    await service().register(account, attempt());
    await expect(service().register(account, attempt())).rejects.toMatchObject({
      code: 'CONFLICT',
      details: { field: 'input.email' },
    });
  });

  it.each([
    ['no-address', PASSWORD, 'input.email'],
    ['a@example.com', '7 chars', 'input.password'],
    ['a@example.com', 'x'.repeat(129), 'input.password'],
  ])('refuse %s with a password of its length, naming the field', async (email, password, field) => {
    await expect(service().register({ email, password }, attempt())).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      details: { field },
    });
  });

  it('tell passwords apart beyond the 72 bytes that bcrypt reads', async () => {
    const { email } = someone();
    const long = 'x'.repeat(72);
    await service().register({ email, password: `${long}a` }, attempt());
    await expect(service().login({ email, password: `${long}b` }, attempt())).rejects.toMatchObject(refused);
    await service().login({ email, password: `${long}a` }, attempt());
  });

  it('say the same and do the same work for an unknown address and a wrong password', async () => {
    const account = someone();
    await service().register(account, attempt());
    const verify = jest.spyOn(passwords, 'verify');
    const messages = [];
    for (const email of [account.email, 'nobody@example.com']) {
      const error = await service()
        .login({ email, password: 'wrong password' }, attempt())
        .catch((refusal) => refusal);
      messages.push(`${error.code} ${error.message}`);
    }
    expect(new Set(messages).size).toBe(1);
    expect(verify).toHaveBeenCalledTimes(2);
    verify.mockRestore();
  });

  it('are not found by what no address can be', async () => {
    for (const email of ['', 'nul\u0000@example.com', `${'x'.repeat(10_000)}@example.com`]) {
      await expect(service().login({ email, password: PASSWORD }, attempt())).rejects.toMatchObject(refused);
    }
  });

  it('are throttled by account and by address', async () => {
    const account = someone();
    await service().register(account, attempt());
    const attempts = new AttemptLimiter({ ...many, perAccount: 2, perAddress: 4 });
    const wrong = { ...account, password: 'wrong password' };
    for (let count = 0; count < 2; count++) {
      await expect(service(attempts).login(wrong, attempt())).rejects.toMatchObject(refused);
    }
    await expect(service(attempts).login(account, attempt())).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    await expect(service(attempts).login(someone(), attempt())).rejects.toMatchObject(refused);
    const error = await service(attempts)
      .login(someone(), attempt())
      .catch((refusal) => refusal);
    expect(error).toMatchObject({ code: 'RATE_LIMITED', details: { retryAfterMs: expect.any(Number) } });
  });

  describe('refresh tokens', () => {
    it('are used once; a replay revokes the whole family', async () => {
      const first = await service().register(someone(), attempt());
      const second = await service().refresh(first.refreshToken, attempt());
      expect(second.refreshToken).not.toBe(first.refreshToken);

      const later = new Date(Date.now() + 1000);
      await expect(service().refresh(first.refreshToken, attempt(later))).rejects.toMatchObject(refused);
      await expect(service().refresh(second.refreshToken, attempt())).rejects.toMatchObject(refused);
      await expect(service().authenticate(second.accessToken)).rejects.toMatchObject(refused);
    });

    it('let one of two calls at once win, and keep its session', async () => {
      const { refreshToken } = await service().register(someone(), attempt());
      const now = attempt();
      const both = await Promise.allSettled([
        service().refresh(refreshToken, now),
        service().refresh(refreshToken, now),
      ]);
      const [winner] = both.filter((call) => call.status === 'fulfilled');
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      await service().refresh(winner?.value.refreshToken ?? '', attempt());
    });

    it('are not used where the new one cannot be stored: who tries again is no thief', async () => {
      const { refreshToken } = await service().register(someone(), attempt());
      let lost = true;
      database.orm.em.getEventManager().registerSubscriber({
        getSubscribedEntities: () => [RefreshToken],
        beforeCreate: async () => {
          if (lost) throw new Error('Connection terminated unexpectedly');
        },
      });
      await expect(service().refresh(refreshToken, attempt())).rejects.toThrow('Connection terminated');
      lost = false;
      const later = new Date(Date.now() + 1000);
      const { accessToken } = await service().refresh(refreshToken, attempt(later));
      await service().authenticate(accessToken);
    });

    it('are bounded in number for each sign-in', async () => {
      const attempts = new AttemptLimiter({ ...many, perSession: 2 });
      let { refreshToken } = await service().register(someone(), attempt());
      for (let n = 0; n < 2; n++)
        ({ refreshToken } = await service(attempts).refresh(refreshToken, attempt()));
      const error = await service(attempts)
        .refresh(refreshToken, attempt())
        .catch((refusal) => refusal);
      expect(error).toMatchObject({ code: 'RATE_LIMITED', details: { retryAfterMs: expect.any(Number) } });
      // It was not used, and nothing was revoked.
      await service().refresh(refreshToken, attempt());
    });

    it('end with their session, whatever was refreshed', async () => {
      const { refreshToken } = await service(undefined, 0).register(someone(), attempt());
      await expect(service().refresh(refreshToken, attempt())).rejects.toMatchObject(refused);
    });

    it('are stored as hashes', async () => {
      const { refreshToken } = await service().register(someone(), attempt());
      const stored = await database.fork().find(RefreshToken, {});
      expect(stored.map(({ hash }) => hash)).not.toContain(refreshToken);
      expect(Buffer.from(refreshToken, 'base64url')).toHaveLength(32);
    });

    it('are revoked by logout, twice without complaint', async () => {
      const { refreshToken, accessToken } = await service().register(someone(), attempt());
      expect(await service().logout(refreshToken)).toBe(true);
      expect(await service().logout(refreshToken)).toBe(true);
      expect(await service().logout('never given out')).toBe(true);
      await expect(service().refresh(refreshToken, attempt())).rejects.toMatchObject(refused);
      await expect(service().authenticate(accessToken)).rejects.toMatchObject(refused);
    });
  });

  describe('access tokens', () => {
    const claims = { sid: 'session', typ: 'access' };
    const options = {
      algorithm: 'HS256',
      issuer: 'nogil-bench',
      audience: 'nogil-bench-api',
      subject: 'user',
    } as const;
    const sign = (payload: object, changes: jwt.SignOptions, secret = SECRET) =>
      jwt.sign(payload, secret, { ...options, expiresIn: 60, ...changes });
    const none = () => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
      return `${part({ alg: 'none', typ: 'JWT' })}.${part({ ...claims, sub: 'user', exp: 9_999_999_999 })}.`;
    };

    it('are what we sign', () => {
      expect(accessTokens.verify(sign(claims, {}))).toMatchObject({ userId: 'user', sessionId: 'session' });
    });

    it.each([
      ['no algorithm', none()],
      ['another algorithm', sign(claims, { algorithm: 'HS512' })],
      ['another key', sign(claims, {}, 'another secret of at least 32 characters')],
      ['another issuer', sign(claims, { issuer: 'somebody' })],
      ['another audience', sign(claims, { audience: 'somebody' })],
      ['another type', sign({ ...claims, typ: 'refresh' }, {})],
      ['the past', sign(claims, { expiresIn: -1 })],
      ['tampering', `${sign(claims, {}).slice(0, -3)}AAA`],
      ['nothing', ''],
    ])('are refused with %s', (_what, token) => {
      expect(() => accessTokens.verify(token)).toThrow(expect.objectContaining(refused));
    });

    it('are not refresh tokens, nor the reverse', async () => {
      const { accessToken, refreshToken } = await service().register(someone(), attempt());
      await expect(service().authenticate(refreshToken)).rejects.toMatchObject(refused);
      await expect(service().refresh(accessToken, attempt())).rejects.toMatchObject(refused);
    });
  });
});
