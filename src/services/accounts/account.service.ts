import { randomUUID } from 'node:crypto';
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { User } from '../../entities/accounts/user.entity.js';
import { AppError } from '../../errors.js';
import { lockUser } from '../shared/lock-user.js';
import { inTransaction } from '../shared/transaction.js';
import type { AccountRemoval } from './account-removal.js';
import type { ApiTokenService } from './api-token.service.js';
import { normalizeEmail, requireEmail } from './email-address.js';
import type { PasswordCheck } from './password-check.js';
import type { Passwords } from './passwords.js';
import type { ClientInfo, SessionService, SignedIn } from './session.service.js';
import type { SignInLimiter } from './sign-in-limiter.js';
import type { SessionViewer } from './viewer.js';

export interface Credentials {
  email: string;
  password: string;
}

/** What the API shows of a user. */
export type PublicUser = Pick<User, 'id' | 'email' | 'createdAt'>;

export interface AccountDependencies {
  passwords: Passwords;
  passwordCheck: PasswordCheck;
  limiter: SignInLimiter;
  removal: AccountRemoval;
}

/** Creates, authenticates, changes and deletes accounts. */
export class AccountService {
  constructor(
    private readonly em: SqlEntityManager,
    private readonly deps: AccountDependencies,
    private readonly sessions: SessionService,
    private readonly apiTokens: ApiTokenService,
  ) {}

  /**
   * BAD_USER_INPUT for an invalid address or password; CONFLICT if the address has an account; RATE_LIMITED.
   *
   * @param path of the credentials in the input, for errors
   */
  async register(
    { email, password }: Credentials,
    client: ClientInfo,
    path: 'input.' | '' = 'input.',
  ): Promise<SignedIn> {
    const address = requireEmail(email, `${path}email`);
    await this.deps.limiter.countRegistration(client.address);
    const passwordHash = await this.deps.passwords.hash(password, `${path}password`);
    try {
      return await inTransaction(this.em, async (em) => {
        const user = em.create(User, {
          ...{ id: randomUUID(), email: address, passwordHash, createdAt: new Date() },
        });
        await em.flush();
        return this.sessions.start(em, user, client);
      });
    } catch (error) {
      if (!(error instanceof UniqueConstraintViolationException)) throw error;
      const field = `${path}email`;
      throw new AppError('CONFLICT', `${field}: there is an account with this address`, { field });
    }
  }

  /** UNAUTHENTICATED, with the same message after the same work, for an unknown address and a wrong password. */
  async login({ email, password }: Credentials, client: ClientInfo): Promise<SignedIn> {
    const refused = new AppError('UNAUTHENTICATED', 'E-mail address or password is wrong');
    const address = normalizeEmail(email);
    const user = address === undefined ? null : await this.em.findOne(User, { email: address });
    const account = address ?? email.trim().toLowerCase();
    if (!(await this.#isPassword(account, password, user, client))) throw refused;
    if (user === null) throw refused;
    const { passwordHash } = user;
    return inTransaction(this.em, async (em) => {
      // The password may have been changed since it was read.
      const locked = await lockUser(em, user.id);
      if (locked.passwordHash !== passwordHash) throw refused;
      return this.sessions.start(em, locked, client);
    });
  }

  async user(id: string): Promise<User> {
    return this.em.findOneOrFail(User, { id });
  }

  /** Plain SQL, because clients ask for it often and the ORM takes longer to build the query than the database to run it. */
  async profile(id: string): Promise<PublicUser> {
    const [row] = await this.em.execute<PublicUser[]>(
      'select id, email, created_at as "createdAt" from "user" where id = ?',
      [id],
    );
    if (row === undefined) throw new AppError('UNAUTHENTICATED', 'The account has been deleted');
    // SQLite stores milliseconds.
    return { ...row, createdAt: new Date(row.createdAt) };
  }

  /**
   * Changes the caller's password. Keeps the caller's session, under new tokens, and ends all other sessions and all
   * API tokens. BAD_USER_INPUT for a wrong current or an invalid new password; RATE_LIMITED.
   */
  async changePassword(
    viewer: SessionViewer,
    { currentPassword, newPassword }: { currentPassword: string; newPassword: string },
    client: ClientInfo,
  ): Promise<SignedIn> {
    const user = await this.#confirm(viewer.userId, currentPassword, 'currentPassword', client);
    const passwordHash = await this.deps.passwords.hash(newPassword, 'newPassword');
    return inTransaction(this.em, async (em) => {
      const locked = await this.#lockConfirmed(em, user, 'currentPassword');
      locked.passwordHash = passwordHash;
      await em.flush();
      await this.sessions.endOthers(em, viewer);
      await this.apiTokens.endAll(em, viewer.userId);
      return this.sessions.renew(em, locked, viewer.sessionId);
    });
  }

  /**
   * Deletes the caller's account. After the commit it cannot be used and its address is free. Then its data is
   * removed; after a crash, {@link AccountRemoval} continues.
   */
  async delete(viewer: SessionViewer, password: string, client: ClientInfo): Promise<boolean> {
    const user = await this.#confirm(viewer.userId, password, 'password', client);
    await inTransaction(this.em, async (em) => {
      await this.deps.removal.mark(em, await this.#lockConfirmed(em, user, 'password'));
    });
    await this.deps.removal.finish(viewer.userId);
    return true;
  }

  /** A user whose password was checked against this hash. */
  async #confirm(userId: string, password: string, field: string, client: ClientInfo) {
    const user = await this.user(userId);
    const { id, email, passwordHash } = user;
    if (!(await this.#isPassword(email, password, user, client))) throw wrongPassword(field);
    return { id, passwordHash };
  }

  async #lockConfirmed(
    em: SqlEntityManager,
    { id, passwordHash }: { id: string; passwordHash: string },
    field: string,
  ): Promise<User> {
    const locked = await lockUser(em, id);
    if (locked.passwordHash !== passwordHash) throw wrongPassword(field);
    return locked;
  }

  #isPassword(account: string, password: string, user: User | null, { address }: ClientInfo) {
    return this.deps.passwordCheck.verify({
      ...{ account, password, hash: user?.passwordHash, address },
      isKnownAddress: async () => user !== null && this.sessions.isKnownAddress(user.id, address),
    });
  }
}

const wrongPassword = (field: string): AppError =>
  AppError.badInput(field, 'is not the password of this account');
