import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { SqlEntityManager } from '@mikro-orm/sql';
import { ApiToken } from '../../entities/accounts/api-token.entity.js';
import type { TokenScope } from '../../entities/accounts/token-scope.js';
import { AppError } from '../../errors.js';
import { databaseClock } from '../shared/database-clock.js';
import { lockUser } from '../shared/lock-user.js';
import { findOwned } from '../shared/ownership.js';
import { inTransaction } from '../shared/transaction.js';
import { DAY_MS } from './session.service.js';

/** Prefix of every API token, so that secret scanners recognise it. */
export const TOKEN_PREFIX = 'nb_';
/** Maximum number of tokens of a user. */
export const MAX_TOKENS = 50;
const MAX_NAME = 100;
const MAX_DAYS = 365;

export const hashApiToken = (token: string): string => createHash('sha256').update(token).digest('hex');

export interface CreateApiToken {
  name: string;
  scope: TokenScope;
  expiresInDays: number;
}

/** A user's long-lived tokens for scripts. Only their hashes are stored. */
export class ApiTokenService {
  constructor(private readonly em: SqlEntityManager) {}

  /** Creates a token and returns it in the clear, once. BAD_USER_INPUT names the field; LIMIT_EXCEEDED beyond 50. */
  async create(userId: string, input: CreateApiToken): Promise<{ token: string; apiToken: ApiToken }> {
    const name = input.name.trim();
    // biome-ignore lint/suspicious/noControlCharactersInRegex: not allowed in a name
    if (name.length < 1 || name.length > MAX_NAME || /[\u0000-\u001f\u007f]/.test(name)) {
      throw AppError.badInput(
        'input.name',
        `must have 1 to ${MAX_NAME} characters, none a control character`,
      );
    }
    if (!Number.isInteger(input.expiresInDays) || input.expiresInDays < 1 || input.expiresInDays > MAX_DAYS) {
      throw AppError.badInput('input.expiresInDays', `must be 1 to ${MAX_DAYS}`);
    }
    const token = TOKEN_PREFIX + randomBytes(32).toString('base64url');
    const apiToken = await inTransaction(this.em, async (em) => {
      const owner = await lockUser(em, userId);
      await this.#refuseTooMany(em, userId);
      const createdAt = new Date();
      const expiresAt = new Date(createdAt.getTime() + input.expiresInDays * DAY_MS);
      const { scope } = input;
      return em.create(ApiToken, {
        ...{ id: randomUUID(), owner, hash: hashApiToken(token), name, scope, createdAt, expiresAt },
      });
    });
    return { token, apiToken };
  }

  /** The user's tokens that have not expired, newest first. */
  async list(userId: string): Promise<ApiToken[]> {
    return this.em.find(
      ApiToken,
      { owner: userId, expiresAt: { $gt: new Date() } },
      { orderBy: { createdAt: 'desc', id: 'desc' } },
    );
  }

  /** Deletes a token and returns its id. NOT_FOUND for an unknown id, FORBIDDEN for another user's token. */
  async revoke(userId: string, id: string): Promise<string> {
    const token = await findOwned(this.em, ApiToken, id, userId);
    await this.em.remove(token).flush();
    return token.id;
  }

  /** Deletes all tokens of a user, in the transaction of `em`. */
  async endAll(em: SqlEntityManager, userId: string): Promise<void> {
    await em.nativeDelete(ApiToken, { owner: userId });
  }

  /** Deletes expired tokens. */
  async removeExpired(): Promise<void> {
    await this.em.execute(
      `delete from api_token where expires_at < ${databaseClock(this.em).now}`,
      [],
      'run',
    );
  }

  async #refuseTooMany(em: SqlEntityManager, userId: string): Promise<void> {
    const count = await em.count(ApiToken, { owner: userId, expiresAt: { $gt: new Date() } });
    if (count < MAX_TOKENS) return;
    const message = `A user has at most ${MAX_TOKENS} API tokens; revoke one first`;
    throw AppError.limit('maxApiTokens', MAX_TOKENS, count + 1, message);
  }
}
