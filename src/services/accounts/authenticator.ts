import type { SqlEntityManager } from '@mikro-orm/sql';
import type { TokenScope } from '../../entities/accounts/token-scope.js';
import { AppError } from '../../errors.js';
import { databaseClock } from '../shared/database-clock.js';
import { databaseUnavailable } from '../shared/database-unavailable.js';
import { placeholders } from '../shared/placeholders.js';
import type { AccessTokens } from './access-tokens.js';
import { hashApiToken, TOKEN_PREFIX } from './api-token.service.js';
import type { ApiTokenViewer, SessionViewer, Viewer } from './viewer.js';

/** Precision of the time of the last use, so that not every request writes it. */
const USE_RESOLUTION_MS = 5 * 60_000;

/** Returns the id of the viewer's session or API token. */
export const credentialOf = (viewer: Viewer): string =>
  viewer.kind === 'SESSION' ? viewer.sessionId : viewer.tokenId;

/** Authenticates tokens against the database, so that a token revoked in one process is refused in all. */
export class Authenticator {
  constructor(
    private readonly em: SqlEntityManager,
    private readonly accessTokens: AccessTokens,
  ) {}

  /** Returns the caller of an access token or API token. UNAUTHENTICATED if it is invalid, expired or revoked. */
  authenticate(token: string): Promise<Viewer> {
    return token.startsWith(TOKEN_PREFIX) ? this.#byApiToken(token) : this.#bySession(token);
  }

  /** Returns the credentials ({@link credentialOf}) that have ended since they were authenticated. */
  async endedAmong(viewers: Iterable<Viewer>): Promise<Set<string>> {
    const ids = [...new Set([...viewers].map(credentialOf))];
    if (ids.length === 0) return new Set();
    const { now } = databaseClock(this.em);
    // Plain SQL, because it runs for each event of each subscription and the ORM needs longer to build it than the
    // database to run it.
    const live = await this.em.execute<{ id: string }[]>(
      `select id from session where id in (${placeholders(ids)}) and revoked_at is null and expires_at > ${now}
       union all select id from api_token where id in (${placeholders(ids)}) and expires_at > ${now}`,
      [...ids, ...ids],
    );
    const ended = new Set(ids);
    for (const { id } of live) ended.delete(id);
    return ended;
  }

  /** Returns for each viewer whether the session or API token has not ended; see {@link endedAmong}. */
  async areLive(viewers: readonly Viewer[]): Promise<boolean[]> {
    const ended = await this.endedAmong(viewers);
    return viewers.map((viewer) => !ended.has(credentialOf(viewer)));
  }

  async #bySession(token: string): Promise<SessionViewer> {
    const viewer = this.accessTokens.verify(token);
    const { now, ago } = databaseClock(this.em);
    const [session] = await this.em.execute<{ stale: unknown }[]>(
      `select coalesce(used_at, created_at) < ${ago(USE_RESOLUTION_MS)} as stale from session
       where id = ? and user_id = ? and revoked_at is null and expires_at > ${now}`,
      [viewer.sessionId, viewer.userId],
    );
    if (session === undefined) throw new AppError('UNAUTHENTICATED', 'The session has ended; sign in again');
    if (session.stale) await this.#recordUse('session', 'used_at', viewer.sessionId);
    return viewer;
  }

  async #byApiToken(token: string): Promise<ApiTokenViewer> {
    const { now, ago } = databaseClock(this.em);
    const [row] = await this.em.execute<ApiTokenRow[]>(
      `select id, owner_id as "userId", scope, expires_at as "expiresAt",
         last_used_at is null or last_used_at < ${ago(USE_RESOLUTION_MS)} as stale
       from api_token where hash = ? and expires_at > ${now}`,
      [hashApiToken(token)],
    );
    if (row === undefined) {
      throw new AppError('UNAUTHENTICATED', 'The API token is not valid: it was revoked or has expired');
    }
    if (row.stale) await this.#recordUse('api_token', 'last_used_at', row.id);
    const { id: tokenId, userId, scope, expiresAt } = row;
    return { kind: 'API_TOKEN', userId, tokenId, scope, expiresAt: new Date(expiresAt) };
  }

  /** A read-only database does not prevent reads. */
  async #recordUse(table: 'session' | 'api_token', column: string, id: string): Promise<void> {
    const { now } = databaseClock(this.em);
    try {
      await this.em.execute(`update ${table} set ${column} = ${now} where id = ?`, [id], 'run');
    } catch (error) {
      if (databaseUnavailable(error) === undefined) throw error;
    }
  }
}

interface ApiTokenRow {
  id: string;
  userId: string;
  scope: TokenScope;
  /** Milliseconds on SQLite. */
  expiresAt: number | string | Date;
  stale: unknown;
}
