import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { ApiToken } from '../../../src/entities/accounts/api-token.entity.js';
import { Session } from '../../../src/entities/accounts/session.entity.js';
import { User } from '../../../src/entities/accounts/user.entity.js';
import { AccountAdmin } from '../../../src/services/accounts/account-admin.js';
import { ApiTokenService } from '../../../src/services/accounts/api-token.service.js';
import { Passwords } from '../../../src/services/accounts/passwords.js';
import { eachDatabase, type TestDatabase } from '../../support/servers/database.js';

eachDatabase('the operator of a server', (databases) => {
  let database: TestDatabase;
  let passwords: Passwords;
  beforeEach(async () => {
    database = await databases.open();
    passwords = new Passwords(4);
  });

  afterEach(() => database.close());

  const admin = () => {
    const em = database.fork();
    return new AccountAdmin(em, passwords, new ApiTokenService(em));
  };

  async function account(email: string): Promise<string> {
    const em = database.fork();
    const id = randomUUID();
    const passwordHash = await passwords.hash('correct horse battery', 'password');
    em.create(User, { id, email, passwordHash, createdAt: new Date() });
    await em.flush();
    await new ApiTokenService(database.fork()).create(id, { name: 'ci', scope: 'READ', expiresInDays: 1 });
    return id;
  }

  it('lists the accounts by address', async () => {
    await account('zoe@example.com');
    await account('ada@example.com');
    expect((await admin().list()).map(({ email }) => email)).toEqual(['ada@example.com', 'zoe@example.com']);
  });

  it('resets a password, which ends the sessions and API tokens of that account alone', async () => {
    const [ada, zoe] = [await account('ada@example.com'), await account('zoe@example.com')];
    const password = await admin().resetPassword('ADA@example.com');
    const { passwordHash } = await database.fork().findOneOrFail(User, { id: ada });
    expect(password).toMatch(/^[\w-]{24}$/);
    expect(await passwords.verify(password, passwordHash)).toBe(true);
    expect(await passwords.verify('correct horse battery', passwordHash)).toBe(false);
    expect(await database.fork().count(Session, { owner: ada, revokedAt: null })).toBe(0);
    expect(await database.fork().count(ApiToken, { owner: ada })).toBe(0);
    expect(await database.fork().count(ApiToken, { owner: zoe })).toBe(1);
  });

  it('gets NOT_FOUND without such an account', async () => {
    for (const email of ['nobody@example.com', 'no address'])
      await expect(admin().resetPassword(email)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
