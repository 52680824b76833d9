import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { RefreshToken } from '../../../src/entities/accounts/refresh-token.entity.js';
import { Session } from '../../../src/entities/accounts/session.entity.js';
import { accountWorld, from, someone } from '../../support/fakes/account-world.js';
import { eachDatabase, type TestDatabase } from '../../support/servers/database.js';
import { letPass } from '../../support/servers/time-travel.js';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

eachDatabase('refresh tokens', (databases) => {
  const refused = { code: 'UNAUTHENTICATED' };
  let database: TestDatabase;
  let world: ReturnType<typeof accountWorld>;
  const sessions = () => world.services().sessions;
  const register = (of = world) => of.services().accounts.register(someone(), from('192.0.2.1'));
  const wait = (seconds: number) => letPass(database, seconds * 1000);

  beforeAll(async () => {
    database = await databases.open();
    world = accountWorld(database);
  });
  afterAll(() => database.close());

  it('stay the same for 30 s', async () => {
    const { refreshToken } = await register();
    for (let n = 0; n < 3; n++)
      expect((await sessions().refresh(refreshToken)).refreshToken).toBe(refreshToken);
    await wait(16);
    expect((await sessions().refresh(refreshToken)).refreshToken).toBe(refreshToken);
  });

  it('lead to one successor, however many requests of the next 30 s bring them', async () => {
    const { refreshToken } = await register();
    await wait(40);
    const together = await Promise.all([1, 2, 3].map(() => sessions().refresh(refreshToken)));
    await wait(16);
    const later = await sessions().refresh(refreshToken);
    const successors = new Set([...together, later].map((signedIn) => signedIn.refreshToken));
    expect(successors.size).toBe(1);
    expect(successors.has(refreshToken)).toBe(false);
    const [successor = ''] = successors;
    expect((await sessions().refresh(successor)).refreshToken).toBe(successor);
  });

  it('end the session when one is used later than 30 s after its first use, which repeats do not extend', async () => {
    const { refreshToken, accessToken } = await register();
    await wait(40);
    const { refreshToken: successor } = await sessions().refresh(refreshToken);
    await wait(16);
    await sessions().refresh(refreshToken);
    await wait(16);
    await expect(sessions().refresh(refreshToken)).rejects.toMatchObject(refused);
    await expect(sessions().refresh(successor)).rejects.toMatchObject(refused);
    await expect(world.services().auth.authenticate(accessToken)).rejects.toMatchObject(refused);
  });

  it('are compared by the clock of the database, however far apart those of the processes are', async () => {
    const { refreshToken } = await register();
    const now = Date.now;
    try {
      for (const hours of [-2, 2, -1]) {
        Date.now = () => now() + hours * 3_600_000;
        expect((await sessions().refresh(refreshToken)).refreshToken).toBe(refreshToken);
      }
      await wait(40);
      const { refreshToken: successor } = await sessions().refresh(refreshToken);
      Date.now = () => now() + 7_200_000;
      expect((await sessions().refresh(refreshToken)).refreshToken).toBe(successor);
    } finally {
      Date.now = now;
    }
  });

  it('are not used where the successor cannot be stored: a retry is no replay', async () => {
    const { refreshToken } = await register();
    await wait(40);
    await refuseInserts(true);
    await expect(sessions().refresh(refreshToken)).rejects.toThrow();
    await refuseInserts(false);
    await wait(40);
    const { accessToken } = await sessions().refresh(refreshToken);
    await world.services().auth.authenticate(accessToken);
  });

  it('end with their session, however often they are refreshed', async () => {
    const { refreshToken } = await register(accountWorld(database, { sessionDays: 1 }));
    await wait(86_000);
    const { refreshToken: successor } = await sessions().refresh(refreshToken);
    await wait(1_000);
    await expect(sessions().refresh(successor)).rejects.toMatchObject(refused);
  });

  it('end with the secret of the server', async () => {
    const { refreshToken } = await register();
    const moved = accountWorld(database, { secret: 'another secret of at least 32 characters' });
    await expect(moved.services().sessions.refresh(refreshToken)).rejects.toMatchObject(refused);
    await sessions().refresh(refreshToken);
  });

  it('of an earlier release are traded once', async () => {
    const { user, refreshToken } = await register();
    const session = await database.fork().findOneOrFail(Session, { owner: user.id });
    const hash = sha256('issued before');
    await database.fork().insert(RefreshToken, { hash, session, createdAt: null, usedAt: null });
    const { refreshToken: successor } = await sessions().refresh('issued before');
    expect(successor).not.toBe(refreshToken);
    await wait(40);
    await expect(sessions().refresh('issued before')).rejects.toMatchObject(refused);
  });

  it('are stored as keyed hashes of 256 random bits', async () => {
    const { refreshToken } = await register();
    await wait(40);
    const { refreshToken: successor } = await sessions().refresh(refreshToken);
    const stored = (await database.fork().find(RefreshToken, {})).map(({ hash }) => hash);
    for (const token of [refreshToken, successor]) {
      expect(stored).not.toContain(token);
      expect(stored).not.toContain(sha256(token));
      expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    }
  });

  it('are bounded in number for each session', async () => {
    const limited = accountWorld(database);
    const { refreshToken } = await register();
    const refresh = () => limited.services().sessions.refresh(refreshToken);
    for (let n = 0; n < 302; n++) await refresh();
    await expect(refresh()).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      details: { retryAfterMs: expect.any(Number) },
    });
    // Nothing was used or revoked.
    await sessions().refresh(refreshToken);
  });

  it('are revoked by logout, twice without complaint', async () => {
    const { refreshToken, accessToken } = await register();
    for (const token of [refreshToken, refreshToken, 'never issued'])
      expect(await sessions().logout(token)).toBe(true);
    await expect(sessions().refresh(refreshToken)).rejects.toMatchObject(refused);
    await expect(world.services().auth.authenticate(accessToken)).rejects.toMatchObject(refused);
  });

  it('are not accepted as access tokens, nor the reverse', async () => {
    const { accessToken, refreshToken } = await register();
    await expect(world.services().auth.authenticate(refreshToken)).rejects.toMatchObject(refused);
    await expect(sessions().refresh(accessToken)).rejects.toMatchObject(refused);
  });

  it('keep their sessions for as long as their address is stored, and are then removed', async () => {
    const { user } = await register(accountWorld(database, { sessionDays: 1 }));
    const count = async () =>
      (await database.fork().execute('select 1 from session where user_id = ?', [user.id])).length;
    await wait(2 * 86_400);
    await sessions().removeExpired();
    expect(await count()).toBe(1);
    await wait(30 * 86_400);
    await sessions().removeExpired();
    expect(await count()).toBe(0);
  });

  /** Fails like a database that cannot store the row. */
  async function refuseInserts(refuse: boolean): Promise<void> {
    const statements =
      databases.kind === 'SQLITE'
        ? refuse
          ? [`create trigger refuse before insert on refresh_token begin select raise(abort, 'full'); end`]
          : ['drop trigger refuse']
        : refuse
          ? [
              `create function refuse() returns trigger language plpgsql as $$ begin raise 'full'; end $$`,
              'create trigger refuse before insert on refresh_token execute function refuse()',
            ]
          : ['drop trigger refuse on refresh_token', 'drop function refuse'];
    for (const statement of statements) await database.fork().getConnection().execute(statement, [], 'run');
  }
});
