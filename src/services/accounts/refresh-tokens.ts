import { createHash, createHmac, type KeyObject, randomBytes } from 'node:crypto';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { databaseClock } from '../shared/database-clock.js';
import { inTransaction } from '../shared/transaction.js';
import { deriveKey } from './derived-key.js';

/**
 * Age below which a token is not rotated, and time after its first use for which a used token returns its successor.
 */
export const GRACE_MS = 30_000;

/** A known token of a session that has not ended. */
export interface KnownToken {
  hash: string;
  sessionId: string;
  userId: string;
}

/**
 * The refresh tokens of sessions. A token issued less than 30 s ago is not rotated, so that a client has a valid
 * token even if answers arrive in the wrong order. An older token is exchanged once for its successor, an HMAC of it.
 * Within 30 s of the first use it returns the same successor, for a lost answer or a second tab; a later use is a
 * replay. All times are those of the database's clock.
 *
 * Only hashes are stored. Their key and that of the successors are derived from the server's secret, so a new secret
 * invalidates every token.
 */
export class RefreshTokens {
  readonly #hashKey: KeyObject;
  readonly #successorKey: KeyObject;

  constructor(secret: string) {
    this.#hashKey = deriveKey(secret, 'refresh-token/hash');
    this.#successorKey = deriveKey(secret, 'refresh-token/successor');
  }

  /** Issues the first token of a session: 256 random bits. */
  async issue(em: SqlEntityManager, sessionId: string): Promise<string> {
    const token = randomBytes(32).toString('base64url');
    await this.#store(em, token, sessionId);
    return token;
  }

  /** Returns undefined for an unknown token, and for one whose session is revoked or expired. */
  async find(em: SqlEntityManager, token: string): Promise<KnownToken | undefined> {
    const [known] = await em.execute<KnownToken[]>(
      `select t.hash, s.id as "sessionId", s.user_id as "userId"
       from refresh_token t join session s on s.id = t.session_id
       where (t.hash = ? or (t.hash = ? and t.created_at is null))
         and s.revoked_at is null and s.expires_at > ${databaseClock(em).now}`,
      [this.#hash(token), sha256(token)],
    );
    return known;
  }

  /**
   * Returns the next token, or undefined for a replay. Marks the token as used and stores its successor in one
   * commit.
   */
  async trade(em: SqlEntityManager, token: string, known: KnownToken): Promise<string | undefined> {
    return inTransaction(em, async (em) => {
      const state = await this.#use(em, known.hash);
      switch (state) {
        case 'YOUNG':
          return token;
        case 'USED': {
          const successor = hmac(this.#successorKey, token, 'base64url');
          await this.#store(em, successor, known.sessionId);
          return successor;
        }
        case 'REPLAYED':
          return undefined;
        default:
          return state satisfies never;
      }
    });
  }

  /** Marks every token of a session as used now; for the next 30 s they still return their successors. */
  async retire(em: SqlEntityManager, sessionId: string): Promise<void> {
    await em.execute(
      `update refresh_token set used_at = ${databaseClock(em).now} where session_id = ? and used_at is null`,
      [sessionId],
      'run',
    );
  }

  async #use(em: SqlEntityManager, hash: string): Promise<'YOUNG' | 'USED' | 'REPLAYED'> {
    const { now, ago } = databaseClock(em);
    const used = await em.execute(
      `update refresh_token set used_at = ${now}
       where hash = ? and used_at is null and (created_at is null or created_at <= ${ago(GRACE_MS)})
       returning hash`,
      [hash],
    );
    if (used.length > 0) return 'USED';
    const [row] = await em.execute<{ state: 'YOUNG' | 'USED' | 'REPLAYED' }[]>(
      `select case when used_at is null then 'YOUNG' when used_at > ${ago(GRACE_MS)} then 'USED' else 'REPLAYED' end
       as state from refresh_token where hash = ?`,
      [hash],
    );
    return row?.state ?? 'REPLAYED';
  }

  async #store(em: SqlEntityManager, token: string, sessionId: string): Promise<void> {
    await em.execute(
      `insert into refresh_token (hash, session_id, created_at) values (?, ?, ${databaseClock(em).now})
       on conflict (hash) do nothing`,
      [this.#hash(token), sessionId],
      'run',
    );
  }

  #hash(token: string): string {
    return hmac(this.#hashKey, token, 'hex');
  }
}

const hmac = (key: KeyObject, text: string, encoding: 'hex' | 'base64url'): string =>
  createHmac('sha256', key).update(text).digest(encoding);

/** Hash of tokens of releases before 0.2; such a token works once and is exchanged for a current one. */
const sha256 = (token: string): string => createHash('sha256').update(token).digest('hex');
