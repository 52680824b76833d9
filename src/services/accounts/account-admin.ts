import { randomBytes } from 'node:crypto';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Session } from '../../entities/accounts/session.entity.js';
import { User } from '../../entities/accounts/user.entity.js';
import { AppError } from '../../errors.js';
import { lockUser } from '../shared/lock-user.js';
import { inTransaction } from '../shared/transaction.js';
import type { ApiTokenService } from './api-token.service.js';
import { normalizeEmail } from './email-address.js';
import type { Passwords } from './passwords.js';

/** Random bytes of a password that is made for a user: 24 characters. */
const PASSWORD_BYTES = 18;

/** What the operator of a server does with accounts, without their passwords. */
export class AccountAdmin {
  constructor(
    private readonly em: SqlEntityManager,
    private readonly passwords: Passwords,
    private readonly apiTokens: ApiTokenService,
  ) {}

  /** The accounts in use, by address. */
  async list(): Promise<{ email: string; createdAt: Date }[]> {
    return this.em.find(User, { deletedAt: null }, { orderBy: { email: 'asc' } });
  }

  /**
   * Sets a new random password and returns it. Ends all sessions and all API tokens of the account.
   *
   * @throws AppError NOT_FOUND without such an account
   */
  async resetPassword(email: string): Promise<string> {
    const address = normalizeEmail(email);
    const user =
      address === undefined ? null : await this.em.findOne(User, { email: address, deletedAt: null });
    if (user === null) throw new AppError('NOT_FOUND', `There is no account with the address ${email}`);
    const password = randomBytes(PASSWORD_BYTES).toString('base64url');
    const passwordHash = await this.passwords.hash(password, 'password');
    await inTransaction(this.em, async (em) => {
      const locked = await lockUser(em, user.id);
      locked.passwordHash = passwordHash;
      await em.flush();
      await em.nativeUpdate(Session, { owner: user.id, revokedAt: null }, { revokedAt: new Date() });
      await this.apiTokens.endAll(em, user.id);
    });
    return password;
  }
}
