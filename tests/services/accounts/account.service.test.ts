import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Passwords } from '../../../src/services/accounts/passwords.js';
import { accountWorld, from, PASSWORD, someone } from '../../support/fakes/account-world.js';
import { eachDatabase, type TestDatabase } from '../../support/servers/database.js';

eachDatabase('accounts', (databases) => {
  const here = from('192.0.2.1');
  const refused = { code: 'UNAUTHENTICATED' };
  let database: TestDatabase;
  let world: ReturnType<typeof accountWorld>;
  const { services } = { services: () => world.services() };

  beforeAll(async () => {
    database = await databases.open();
    world = accountWorld(database);
  });
  afterAll(() => database.close());

  it('are found by any spelling of the address', async () => {
    const { email, password } = someone();
    const { user } = await services().accounts.register({ email, password }, here);
    const spelled = { email: ` ${email.toUpperCase()} `, password };
    const signedIn = await services().accounts.login(spelled, here);
    expect(signedIn.user).toMatchObject({ id: user.id, email });
    expect(await services().auth.authenticate(signedIn.accessToken)).toMatchObject({ userId: user.id });
  });

  it('are one for both spellings of an international domain', async () => {
    await services().accounts.register({ email: 'me@münchen.de', password: PASSWORD }, here);
    for (const email of ['me@MÜNCHEN.de', 'me@xn--mnchen-3ya.de']) {
      await expect(services().accounts.register({ email, password: PASSWORD }, here)).rejects.toMatchObject({
        code: 'CONFLICT',
        details: { field: 'input.email' },
      });
      const { user } = await services().accounts.login({ email, password: PASSWORD }, here);
      expect(user.email).toBe('me@xn--mnchen-3ya.de');
    }
  });

  it.each([
    ['no-address', PASSWORD, 'input.email'],
    ['a@example.com', '7 chars', 'input.password'],
    ['a@example.com', 'x'.repeat(129), 'input.password'],
  ])('refuse %s with a password of that length, naming the field', async (email, password, field) => {
    await expect(services().accounts.register({ email, password }, here)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      details: { field },
    });
  });

  it('distinguish passwords beyond the 72 bytes that bcrypt reads', async () => {
    const { email } = someone();
    const long = 'x'.repeat(72);
    await services().accounts.register({ email, password: `${long}a` }, here);
    const wrong = services().accounts.login({ email, password: `${long}b` }, here);
    await expect(wrong).rejects.toMatchObject(refused);
    await services().accounts.login({ email, password: `${long}a` }, here);
  });

  it('answer alike, after the same work, for an unknown address and a wrong password', async () => {
    const account = someone();
    await services().accounts.register(account, here);
    const verify = jest.spyOn(Passwords.prototype, 'verify');
    const messages = [];
    for (const email of [account.email, 'nobody@example.com', 'no address', 'é@example.com']) {
      const error = await services()
        .accounts.login({ email, password: 'wrong password' }, here)
        .catch((refusal) => refusal);
      messages.push(`${error.code} ${error.message}`);
    }
    expect(new Set(messages).size).toBe(1);
    expect(verify).toHaveBeenCalledTimes(4);
    verify.mockRestore();
  });

  it('are not found by text that is no address', async () => {
    for (const email of ['', 'nul\u0000@example.com', `${'x'.repeat(10_000)}@example.com`]) {
      const login = services().accounts.login({ email, password: PASSWORD }, from('192.0.2.2'));
      await expect(login).rejects.toMatchObject(refused);
    }
  });

  describe('with a changed password', () => {
    const changed = 'battery staple';

    it('keep the session of the change and end all others and all API tokens', async () => {
      const account = someone();
      const { user, ...caller } = await services().accounts.register(account, here);
      const other = await services().accounts.login(account, here);
      const input = { name: 'ci', scope: 'WRITE' as const, expiresInDays: 1 };
      const { token } = await services().apiTokens.create(user.id, input);
      const viewer = await sessionOf(caller.accessToken);
      const passwords = { currentPassword: PASSWORD, newPassword: changed };
      const renewed = await services().accounts.changePassword(viewer, passwords, here);

      await expect(services().auth.authenticate(other.accessToken)).rejects.toMatchObject(refused);
      await expect(services().sessions.refresh(other.refreshToken)).rejects.toMatchObject(refused);
      await expect(services().auth.authenticate(token)).rejects.toMatchObject(refused);
      for (const accessToken of [caller.accessToken, renewed.accessToken])
        expect(await services().auth.authenticate(accessToken)).toMatchObject({
          sessionId: viewer.sessionId,
        });
      await services().sessions.refresh(renewed.refreshToken);
      await expect(services().accounts.login(account, here)).rejects.toMatchObject(refused);
      await services().accounts.login({ ...account, password: changed }, here);
    });

    it.each([
      [{ currentPassword: 'wrong password', newPassword: changed }, 'currentPassword'],
      [{ currentPassword: PASSWORD, newPassword: 'short' }, 'newPassword'],
    ])('refuse %j, naming the field, and end nothing', async (passwords, field) => {
      const account = someone();
      const { accessToken } = await services().accounts.register(account, here);
      const other = await services().accounts.login(account, here);
      const viewer = await sessionOf(accessToken);
      const change = services().accounts.changePassword(viewer, passwords, here);
      await expect(change).rejects.toMatchObject({ code: 'BAD_USER_INPUT', details: { field } });
      await services().auth.authenticate(other.accessToken);
      await services().accounts.login(account, here);
    });

    it('let one of two changes at once win', async () => {
      const account = someone();
      const sessions = [
        await services().accounts.register(account, here),
        await services().accounts.login(account, here),
      ];
      const viewers = await Promise.all(sessions.map(({ accessToken }) => sessionOf(accessToken)));
      const outcomes = await Promise.allSettled(
        viewers.map((viewer, index) =>
          services().accounts.changePassword(
            viewer,
            { currentPassword: PASSWORD, newPassword: `${changed} ${index}` },
            here,
          ),
        ),
      );
      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
      await services().accounts.login({ ...account, password: `${changed} ${winner}` }, here);
      const lost = services().auth.authenticate(sessions[1 - winner]?.accessToken ?? '');
      await expect(lost).rejects.toMatchObject(refused);
    });

    it('count wrong current passwords as failed sign-ins from that address', async () => {
      const account = someone();
      const { accessToken } = await services().accounts.register(account, here);
      const viewer = await sessionOf(accessToken);
      const thief = from('198.51.100.7');
      const guess = (currentPassword: string) =>
        services().accounts.changePassword(viewer, { currentPassword, newPassword: changed }, thief);
      for (let n = 0; n < 10; n++)
        await expect(guess(`wrong ${n}`)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
      await expect(guess(PASSWORD)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
      await services().accounts.login(account, here);
    });
  });

  it('list sessions, the caller first, and end them', async () => {
    const account = someone();
    const { user, accessToken } = await services().accounts.register(account, here);
    const agent = { address: '2001:db8::1', userAgent: 'x'.repeat(300) };
    const others = [
      await services().accounts.login(account, agent),
      await services().accounts.login(account, agent),
    ];
    const viewer = await sessionOf(accessToken);
    const listed = await services().sessions.list(viewer);
    expect(listed).toHaveLength(3);
    expect(listed[0]).toMatchObject({ id: viewer.sessionId, address: '192.0.2.1', userAgent: null });
    expect(listed[1]).toMatchObject({ address: '2001:db8::1', userAgent: 'x'.repeat(255) });

    const [first] = others;
    const { sessionId } = await sessionOf(first?.accessToken ?? '');
    expect(await services().sessions.revoke(user.id, sessionId)).toBe(sessionId);
    expect(await services().sessions.revoke(user.id, sessionId)).toBe(sessionId);
    await expect(services().sessions.refresh(first?.refreshToken ?? '')).rejects.toMatchObject(refused);
    expect(await services().sessions.revokeOthers(viewer)).toBe(1);
    expect(await services().sessions.revokeOthers(viewer)).toBe(0);
    expect(await services().sessions.list(viewer)).toHaveLength(1);
  });

  async function sessionOf(accessToken: string) {
    const viewer = await services().auth.authenticate(accessToken);
    if (viewer.kind !== 'SESSION') throw new Error('not an access token');
    return viewer;
  }
});
