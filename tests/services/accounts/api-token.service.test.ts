import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ApiToken } from '../../../src/entities/accounts/api-token.entity.js';
import { accountWorld, from, someone } from '../../support/fakes/account-world.js';
import { eachDatabase, type TestDatabase } from '../../support/servers/database.js';
import { letPass } from '../../support/servers/time-travel.js';

eachDatabase('API tokens', (databases) => {
  const input = { name: ' ci ', scope: 'READ' as const, expiresInDays: 30 };
  let database: TestDatabase;
  let world: ReturnType<typeof accountWorld>;
  const services = () => world.services();
  const newUser = async () => (await services().accounts.register(someone(), from('192.0.2.1'))).user.id;
  beforeAll(async () => {
    database = await databases.open();
    world = accountWorld(database);
  });
  afterAll(() => database.close());

  it('contain user, scope and expiry, and are stored as hashes', async () => {
    const userId = await newUser();
    const { token, apiToken } = await services().apiTokens.create(userId, input);
    const { id: tokenId, expiresAt } = apiToken;
    expect(await services().auth.authenticate(token)).toEqual({
      ...{ kind: 'API_TOKEN', userId, tokenId, scope: 'READ', expiresAt },
    });
    const stored = await database.fork().findOneOrFail(ApiToken, { id: tokenId });
    expect(stored.name).toBe('ci');
    expect(JSON.stringify(stored)).not.toContain(token);
    expect(Buffer.from(token.slice('nb_'.length), 'base64url')).toHaveLength(32);
  });

  it.each([
    ['name', { name: ' ' }],
    ['name', { name: 'x'.repeat(101) }],
    ['name', { name: 'two\nlines' }],
    ['expiresInDays', { expiresInDays: 0 }],
    ['expiresInDays', { expiresInDays: 366 }],
    ['expiresInDays', { expiresInDays: Number.NaN }],
  ])('are refused with a %s of %j', async (field, change) => {
    const create = services().apiTokens.create(await newUser(), { ...input, ...change });
    await expect(create).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      details: { field: `input.${field}` },
    });
  });

  it('are at most 50 a user, also when they are created at once; expired ones do not count', async () => {
    const userId = await newUser();
    const create = () => services().apiTokens.create(userId, input);
    const outcomes = await Promise.allSettled(Array.from({ length: 55 }, create));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(50);
    await expect(create()).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      details: { limit: 'maxApiTokens', value: 50, asked: 51 },
    });
    await letPass(database, 31 * 86_400_000);
    await create();
    expect(await services().apiTokens.list(userId)).toHaveLength(1);
    await services().apiTokens.removeExpired();
    expect(await database.fork().count(ApiToken, { owner: userId })).toBe(1);
  });

  it('are UNAUTHENTICATED when unknown, changed or expired', async () => {
    const { token } = await services().apiTokens.create(await newUser(), input);
    const refused = { code: 'UNAUTHENTICATED' };
    for (const other of [
      'nb_',
      `${token}x`,
      token.slice(0, -1),
      token.replace('nb_', 'nb_x'),
      token.slice(3),
    ])
      await expect(services().auth.authenticate(other)).rejects.toMatchObject(refused);
    await letPass(database, 30 * 86_400_000);
    await expect(services().auth.authenticate(token)).rejects.toMatchObject(refused);
  });

  it('record their last use at most every five minutes', async () => {
    const userId = await newUser();
    const { token } = await services().apiTokens.create(userId, input);
    const lastUse = async () => (await services().apiTokens.list(userId))[0]?.lastUsedAt?.getTime();
    expect(await lastUse()).toBeUndefined();
    await services().auth.authenticate(token);
    const first = await lastUse();
    await services().auth.authenticate(token);
    expect(await lastUse()).toBe(first);
    await letPass(database, 600_000);
    await services().auth.authenticate(token);
    expect((await lastUse()) ?? 0).toBeGreaterThanOrEqual(first ?? 0);
  });

  it('are revoked by their owner alone', async () => {
    const [owner, stranger] = [await newUser(), await newUser()];
    const { token, apiToken } = await services().apiTokens.create(owner, input);
    await expect(services().apiTokens.revoke(stranger, apiToken.id)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      message: 'This api token is not yours',
    });
    await expect(services().apiTokens.revoke(owner, 'no id')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await services().apiTokens.revoke(owner, apiToken.id)).toBe(apiToken.id);
    await expect(services().auth.authenticate(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
