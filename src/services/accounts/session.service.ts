import { randomUUID } from 'node:crypto';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { Session } from '../../entities/accounts/session.entity.js';
import { User } from '../../entities/accounts/user.entity.js';
import { AppError } from '../../errors.js';
import { databaseClock } from '../shared/database-clock.js';
import { findOwned } from '../shared/ownership.js';
import type { AccessTokens } from './access-tokens.js';
import { rateLimitSubnet } from './rate-limit-subnet.js';
import type { RefreshTokens } from './refresh-tokens.js';
import type { SignInLimiter } from './sign-in-limiter.js';
import type { SessionViewer } from './viewer.js';

export const DAY_MS = 86_400_000;
/** Maximum number of listed sessions, besides the caller's. */
export const MAX_LISTED = 100;
const MAX_USER_AGENT = 255;
const MAX_ADDRESS = 45;

/** Facts about the client of a request. */
export interface ClientInfo {
  /** IP address. */
  address: string;
  /** User-Agent header. */
  userAgent?: string | undefined;
}

/** A signed-in user with new tokens. */
export interface SignedIn {
  user: User;
  accessToken: string;
  accessTokenExpiresAt: Date;
  refreshToken: string;
}

export interface SessionDependencies {
  accessTokens: AccessTokens;
  refreshTokens: RefreshTokens;
  limiter: SignInLimiter;
  sessionDays: number;
  /** Time after a sign-in for which its address is known to the account. */
  knownAddressDays: number;
}

/** Sign-ins, from the first pair of tokens to the end of the session. */
export class SessionService {
  constructor(
    private readonly em: SqlEntityManager,
    private readonly deps: SessionDependencies,
  ) {}

  /** Starts a session in the transaction of `em`. */
  async start(em: SqlEntityManager, user: User, { address, userAgent }: ClientInfo): Promise<SignedIn> {
    const id = randomUUID();
    const { now, ago } = databaseClock(em);
    await em.execute(
      `insert into session (id, user_id, created_at, expires_at, user_agent, address)
       values (?, ?, ${now}, ${ago(-this.deps.sessionDays * DAY_MS)}, ?, ?)`,
      [id, user.id, userAgent?.slice(0, MAX_USER_AGENT) ?? null, address.slice(0, MAX_ADDRESS)],
      'run',
    );
    return this.signedIn(user, id, await this.deps.refreshTokens.issue(em, id));
  }

  /**
   * Exchanges a refresh token by the rules of {@link RefreshTokens}. UNAUTHENTICATED for an unknown, expired or
   * revoked token, and for a replay, which also revokes its session. RATE_LIMITED, because each exchange stores a
   * row.
   */
  async refresh(token: string): Promise<SignedIn> {
    const refused = new AppError('UNAUTHENTICATED', 'The refresh token is not valid; sign in again');
    const known = await this.deps.refreshTokens.find(this.em, token);
    if (known === undefined) throw refused;
    await this.deps.limiter.countRefresh(known.sessionId);
    const successor = await this.deps.refreshTokens.trade(this.em, token, known);
    if (successor === undefined) {
      await this.#revoke(known.sessionId);
      throw refused;
    }
    await this.em.execute(
      `update session set used_at = ${databaseClock(this.em).now} where id = ?`,
      [known.sessionId],
      'run',
    );
    const user = await this.em.findOne(User, { id: known.userId, deletedAt: null });
    if (user === null) throw refused;
    return this.signedIn(user, known.sessionId, successor);
  }

  /** Returns the session of a refresh token; undefined if it has ended or is unknown. */
  async idOf(token: string): Promise<string | undefined> {
    return (await this.deps.refreshTokens.find(this.em, token))?.sessionId;
  }

  /** Revokes the session of a refresh token. Returns true even if it has ended or is unknown. */
  async logout(token: string): Promise<boolean> {
    const known = await this.deps.refreshTokens.find(this.em, token);
    if (known !== undefined) await this.#revoke(known.sessionId);
    return true;
  }

  /** The user's sessions that have not ended: the caller's first, then the most recently used, at most 100. */
  async list({ userId, sessionId }: SessionViewer): Promise<Session[]> {
    const rows = await this.em.execute<{ id: string }[]>(
      `select id from session where user_id = ? and revoked_at is null and expires_at > ${databaseClock(this.em).now}
       order by case when id = ? then 0 else 1 end, coalesce(used_at, created_at) desc, id limit ${MAX_LISTED + 1}`,
      [userId, sessionId],
    );
    const ids = rows.map(({ id }) => id);
    const sessions = await this.em.find(Session, { id: { $in: ids } });
    return sessions.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
  }

  /**
   * Revokes one of the user's sessions, which may be the caller's. NOT_FOUND for an unknown id, FORBIDDEN for another
   * user's session.
   */
  async revoke(userId: string, id: string): Promise<string> {
    const session = await findOwned(this.em, Session, id, userId);
    await this.#revoke(session.id);
    return session.id;
  }

  /** Revokes the user's sessions except the caller's; returns how many had not ended. */
  revokeOthers(viewer: SessionViewer): Promise<number> {
    return this.endOthers(this.em, viewer);
  }

  /** Like {@link revokeOthers}, in the transaction of `em`. */
  async endOthers(em: SqlEntityManager, { userId, sessionId }: SessionViewer): Promise<number> {
    const { now } = databaseClock(em);
    const revoked = await em.execute(
      `update session set revoked_at = ${now}
       where user_id = ? and id <> ? and revoked_at is null and expires_at > ${now} returning id`,
      [userId, sessionId],
    );
    return revoked.length;
  }

  /** Issues a new refresh token for a session, in the transaction of `em`; its earlier ones are retired. */
  async renew(em: SqlEntityManager, user: User, sessionId: string): Promise<SignedIn> {
    await this.deps.refreshTokens.retire(em, sessionId);
    return this.signedIn(user, sessionId, await this.deps.refreshTokens.issue(em, sessionId));
  }

  /** Whether the user has signed in from this address or its network within the last KNOWN_ADDRESS_DAYS. */
  async isKnownAddress(userId: string, address: string): Promise<boolean> {
    const since = databaseClock(this.em).ago(this.deps.knownAddressDays * DAY_MS);
    const rows = await this.em.execute<{ address: string }[]>(
      `select distinct address from session where user_id = ? and address is not null and created_at > ${since}`,
      [userId],
    );
    const subnet = rateLimitSubnet(address);
    return rows.some((row) => rateLimitSubnet(row.address) === subnet);
  }

  /** Removes sessions, with their refresh tokens, that have expired and whose address is no longer known. */
  async removeExpired(): Promise<void> {
    const { now, ago } = databaseClock(this.em);
    await this.em.execute(
      `delete from session where expires_at < ${now} and created_at < ${ago(this.deps.knownAddressDays * DAY_MS)}`,
      [],
      'run',
    );
  }

  private signedIn(user: User, sessionId: string, refreshToken: string): SignedIn {
    const { token, expiresAt } = this.deps.accessTokens.sign(user.id, sessionId);
    return { user, accessToken: token, accessTokenExpiresAt: expiresAt, refreshToken };
  }

  async #revoke(id: string): Promise<void> {
    await this.em.execute(
      `update session set revoked_at = ${databaseClock(this.em).now} where id = ? and revoked_at is null`,
      [id],
      'run',
    );
  }
}
