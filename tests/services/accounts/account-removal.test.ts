import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { User } from '../../../src/entities/accounts/user.entity.js';
import { addUsage, usageOf } from '../../../src/services/shared/usage-ledger.js';
import { eventually } from '../../support/eventually.js';
import { accountWorld, from, PASSWORD, someone } from '../../support/fakes/account-world.js';
import { eachDatabase, onPostgresql, type TestDatabase } from '../../support/servers/database.js';

eachDatabase('the removal of accounts', (databases) => {
  const here = from('192.0.2.1');
  let database: TestDatabase;
  beforeAll(async () => {
    database = await databases.open();
  });
  afterAll(() => database.close());

  const isThere = async (id: string) => (await database.fork().count(User, { id })) > 0;

  it('continues after a crash in the middle; the account cannot be used meanwhile', async () => {
    const account = someone();
    const errors: unknown[] = [];
    const crash = { removeAll: () => Promise.reject(new Error('the storage is away')) };
    const { services } = accountWorld(database, { owned: [crash], errors });
    const { user, accessToken, refreshToken } = await services().accounts.register(account, here);
    const viewer = await services().auth.authenticate(accessToken);
    if (viewer.kind !== 'SESSION') throw new Error('not an access token');
    const input = { name: 'ci', scope: 'WRITE' as const, expiresInDays: 1 };
    const { token } = await services().apiTokens.create(user.id, input);
    expect(await services().accounts.delete(viewer, PASSWORD, here)).toBe(true);
    expect(errors).toMatchObject([{ message: 'the storage is away' }]);

    expect(await isThere(user.id)).toBe(true);
    const ended = { code: 'UNAUTHENTICATED' };
    for (const used of [accessToken, token])
      await expect(services().auth.authenticate(used)).rejects.toMatchObject(ended);
    await expect(services().sessions.refresh(refreshToken)).rejects.toMatchObject(ended);
    await expect(services().accounts.login(account, here)).rejects.toMatchObject(ended);
    for (const email of [user.id, `${user.id}@example.com`])
      await expect(services().accounts.login({ email, password: '' }, here)).rejects.toMatchObject(ended);
    await expect(services().apiTokens.create(user.id, input)).rejects.toMatchObject(ended);

    const { user: successor } = await services().accounts.register(account, here);
    const removed: string[] = [];
    const owned = [{ removeAll: async (id: string) => void removed.push(id) }];
    await accountWorld(database, { owned }).removal.finishAll();
    expect(removed).toEqual([user.id]);
    expect(await isThere(user.id)).toBe(false);
    expect(await isThere(successor.id)).toBe(true);
  });

  it('removes nothing of an account that is in use', async () => {
    const { removal, services } = accountWorld(database);
    const { user } = await services().accounts.register(someone(), here);
    await removal.finish(user.id);
    expect(await isThere(user.id)).toBe(true);
  });
});

onPostgresql('the removal of an account', (databases) => {
  it('waits for a transaction that changes its usage twice, as housekeeping does', async () => {
    const database = await databases.open();
    const errors: unknown[] = [];
    const { removal, services } = accountWorld(database, { errors });
    const { user } = await services().accounts.register(someone(), from('192.0.2.1'));
    await usageOf(database.fork(), user.id);
    const marking = database.fork();
    await removal.mark(marking, await marking.findOneOrFail(User, { id: user.id }));

    const em = database.fork();
    await em.begin();
    await addUsage(em, user.id, { imageCount: 1 });
    const removed = removal.finish(user.id);
    const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await eventually(async () => (await database.fork().execute(waiting)).length > 0);
    await addUsage(em, user.id, { imageCount: -1 });
    await em.commit();
    await removed;

    expect(errors).toEqual([]);
    expect(await database.fork().count(User, { id: user.id })).toBe(0);
    await database.close();
  });
});
