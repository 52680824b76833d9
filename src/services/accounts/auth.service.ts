import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { z } from 'zod';
import { RefreshToken } from '../../entities/refresh-token.entity.js';
import { Session } from '../../entities/session.entity.js';
import { User } from '../../entities/user.entity.js';
import { AppError } from '../../errors.js';
import { placeholders } from '../shared/placeholders.js';
import { inTransaction } from '../shared/transaction.js';
import type { AccessClaims, AccessTokens } from './access-tokens.js';
import type { AttemptLimiter } from './attempt-limiter.js';
import type { Passwords } from './passwords.js';

const DAY_MS = 86_400_000;
const sha256 = (token: string): string => createHash('sha256').update(token).digest('hex');

export interface Credentials {
  email: string;
  password: string;
}

/** Where and when an attempt came from. */
export interface Attempt {
  address: string;
  arrivedAt: Date;
}

/** A fresh pair of tokens and whose they are. */
export interface SignedIn {
  user: User;
  accessToken: string;
  accessTokenExpiresAt: Date;
  refreshToken: string;
}

export interface AuthDependencies {
  passwords: Passwords;
  accessTokens: AccessTokens;
  attempts: AttemptLimiter;
  sessionDays: number;
}

/** Accounts and sessions. */
export class AuthService {
  constructor(
    private readonly em: SqlEntityManager,
    private readonly deps: AuthDependencies,
  ) {}

  /** BAD_USER_INPUT for an e-mail address or password that cannot be; CONFLICT when the address has an account. */
  async register({ email, password }: Credentials, { address }: Attempt): Promise<SignedIn> {
    const account = normalizeEmail(email);
    await this.deps.attempts.count(account, address);
    const user = this.em.create(User, {
      id: randomUUID(),
      email: account,
      passwordHash: await this.deps.passwords.hash(password),
      createdAt: new Date(),
    });
    try {
      return await this.startSession(user);
    } catch (error) {
      if (!(error instanceof UniqueConstraintViolationException)) throw error;
      throw new AppError('CONFLICT', 'input.email: there is an account with this address', {
        field: 'input.email',
      });
    }
  }

  /** UNAUTHENTICATED, by the same message and after the same work, for an unknown address and a wrong password. */
  async login({ email, password }: Credentials, { address }: Attempt): Promise<SignedIn> {
    const account = email.trim().toLowerCase();
    await this.deps.attempts.count(account, address);
    const user = isEmail(account) ? await this.em.findOne(User, { email: account }) : null;
    if (!(await this.deps.passwords.verify(password, user?.passwordHash)) || user === null) {
      throw new AppError('UNAUTHENTICATED', 'E-mail address or password is wrong');
    }
    await this.deps.attempts.succeeded(account);
    return this.startSession(user);
  }

  /**
   * Trades a refresh token for a new pair. UNAUTHENTICATED for an unknown, expired or revoked one; a used one revokes
   * its family, unless it arrived before its use was recorded: of two calls at once, one wins and both are its owner's.
   * RATE_LIMITED, since every call that succeeds leaves a row.
   */
  async refresh(token: string, { arrivedAt }: Attempt): Promise<SignedIn> {
    const refused = new AppError('UNAUTHENTICATED', 'The refresh token is not valid');
    const hash = sha256(token);
    const known = await this.em.findOne(RefreshToken, { hash });
    if (known === null) throw refused;
    await this.deps.attempts.countRefresh(known.session.id);
    // Used and replaced, or neither: who tries again after a failure must not look like a thief.
    const { signedIn, replayed } = await inTransaction(this.em, (em) => this.trade(em, hash, arrivedAt));
    // Outside: it holds though the call is refused.
    if (replayed) await this.revoke(known.session.id);
    if (signedIn === undefined) throw refused;
    return signedIn;
  }

  /** Revokes the session that the token belongs to. True also when it was revoked, or never known. */
  async logout(token: string): Promise<boolean> {
    const row = await this.em.findOne(RefreshToken, { hash: sha256(token) });
    if (row !== null) await this.revoke(row.session.id);
    return true;
  }

  /** Who an access token speaks for. UNAUTHENTICATED when it is not valid or its session has been revoked. */
  async authenticate(accessToken: string): Promise<AccessClaims> {
    const claims = this.deps.accessTokens.verify(accessToken);
    const live = await this.em.count(Session, {
      id: claims.sessionId,
      user: claims.userId,
      revokedAt: null,
      expiresAt: { $gt: new Date() },
    });
    if (live === 0) throw new AppError('UNAUTHENTICATED', 'The session has ended; sign in again');
    return claims;
  }

  /** Those of the sessions that have been revoked. */
  async revokedAmong(sessionIds: readonly string[]): Promise<Set<string>> {
    if (sessionIds.length === 0) return new Set();
    // For each event of each subscription: the ORM takes longer to build the statement than the database to run it.
    const revoked = await this.em.execute<{ id: string }[]>(
      `select id from session where id in (${placeholders(sessionIds)}) and revoked_at is not null`,
      [...sessionIds],
    );
    return new Set(revoked.map(({ id }) => id));
  }

  /** Removes sessions that have expired, and with them their refresh tokens. */
  async removeExpired(): Promise<void> {
    await this.em.nativeDelete(Session, { expiresAt: { $lt: new Date() } });
  }

  async user(id: string): Promise<User> {
    return this.em.findOneOrFail(User, { id });
  }

  private async revoke(sessionId: string): Promise<void> {
    await this.em.nativeUpdate(Session, { id: sessionId, revokedAt: null }, { revokedAt: new Date() });
  }

  private async startSession(user: User): Promise<SignedIn> {
    const now = new Date();
    const session = this.em.create(Session, {
      id: randomUUID(),
      user,
      createdAt: now,
      expiresAt: new Date(now.getTime() + this.deps.sessionDays * DAY_MS),
    });
    return this.issue(this.em, session);
  }

  private async trade(
    em: SqlEntityManager,
    hash: string,
    arrivedAt: Date,
  ): Promise<{ signedIn?: SignedIn; replayed?: boolean }> {
    const used = await em.nativeUpdate(RefreshToken, { hash, usedAt: null }, { usedAt: new Date() });
    const row = await em.findOne(RefreshToken, { hash }, { populate: ['session.user'], refresh: true });
    if (row === null) return {};
    if (used === 0) return { replayed: row.usedAt !== null && row.usedAt < arrivedAt };
    if (row.session.revokedAt !== null || row.session.expiresAt <= new Date()) return {};
    return { signedIn: await this.issue(em, row.session) };
  }

  private async issue(em: SqlEntityManager, session: Session): Promise<SignedIn> {
    const refreshToken = randomBytes(32).toString('base64url');
    em.create(RefreshToken, { hash: sha256(refreshToken), session });
    await em.flush();
    const { token, expiresAt } = this.deps.accessTokens.sign(session.user.id, session.id);
    return { user: session.user, accessToken: token, accessTokenExpiresAt: expiresAt, refreshToken };
  }
}

const isEmail = (text: string): boolean => z.email().max(254).safeParse(text).success;

function normalizeEmail(email: string): string {
  const normalized = email.trim().toLowerCase();
  if (!isEmail(normalized)) {
    throw AppError.badInput('input.email', 'must be an e-mail address of at most 254 characters');
  }
  return normalized;
}
