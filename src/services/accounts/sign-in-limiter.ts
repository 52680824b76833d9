import { createHash } from 'node:crypto';
import type { Pool } from 'pg';
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { AppError } from '../../errors.js';
import { rateCounter } from './rate-counter.js';
import { rateLimitSubnet } from './rate-limit-subnet.js';

/** Maximum number of events in a window. */
export interface SignInLimits {
  windowSeconds: number;
  /** Failed sign-ins of one account from one address; beyond, that address is refused for that account. */
  failuresPerAccount: number;
  /** Failed sign-ins from one address; beyond, that address is refused. */
  failuresPerAddress: number;
  /** Failed sign-ins of one account from all addresses; beyond, unknown addresses have to wait. */
  failuresBeforeDelay: number;
  /** Accounts created from one address. */
  registrationsPerAddress: number;
  /** Refreshed tokens of one session. */
  refreshesPerSession: number;
}

/** Clients choose the text, so the keys are digests of a fixed length. */
const keyOf = (...parts: string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('base64url');

/**
 * Counts failed sign-ins, registrations and refreshes, for every field of a request. An address is refused only for
 * its own failures; successful sign-ins are not counted.
 */
export class SignInLimiter {
  readonly #byPair: RateLimiterAbstract;
  readonly #byAddress: RateLimiterAbstract;
  readonly #byAccount: RateLimiterAbstract;
  readonly #registrations: RateLimiterAbstract;
  readonly #refreshes: RateLimiterAbstract;

  /** @param pool PostgreSQL, where all processes count together. Default: this process counts alone. */
  constructor(
    private readonly limits: SignInLimits,
    pool?: Pool,
  ) {
    const counter = (keyPrefix: string, points: number) =>
      rateCounter({ keyPrefix, points, duration: limits.windowSeconds }, pool);
    this.#byPair = counter('failure-pair', limits.failuresPerAccount);
    this.#byAddress = counter('failure-address', limits.failuresPerAddress);
    this.#byAccount = counter('failure-account', limits.failuresBeforeDelay);
    this.#registrations = counter('registration', limits.registrationsPerAddress);
    this.#refreshes = counter('session', limits.refreshesPerSession);
  }

  /** RATE_LIMITED with `retryAfterMs` for an address that has failed too often. */
  async check(account: string, address: string): Promise<void> {
    const subnet = rateLimitSubnet(address);
    const [pair, all] = await Promise.all([
      this.#byPair.get(keyOf(account, subnet)),
      this.#byAddress.get(keyOf(subnet)),
    ]);
    if (all && all.consumedPoints >= this.limits.failuresPerAddress) throw refusal('failed sign-ins', all);
    if (pair && pair.consumedPoints >= this.limits.failuresPerAccount) throw refusal('failed sign-ins', pair);
  }

  /** Counts one failure. */
  async failed(account: string, address: string): Promise<void> {
    const subnet = rateLimitSubnet(address);
    await Promise.all([
      this.#byPair.penalty(keyOf(account, subnet)),
      this.#byAddress.penalty(keyOf(subnet)),
      this.#byAccount.penalty(keyOf(account)),
    ]);
  }

  /** Resets the account's failures from this address. */
  async succeeded(account: string, address: string): Promise<void> {
    await this.#byPair.delete(keyOf(account, rateLimitSubnet(address)));
  }

  /** Returns true if the failures of the account have reached the number from which unknown addresses wait. */
  async isUnderAttack(account: string): Promise<boolean> {
    const failures = await this.#byAccount.get(keyOf(account));
    return failures !== null && failures.consumedPoints >= this.limits.failuresBeforeDelay;
  }

  /** Counts a registration; RATE_LIMITED with `retryAfterMs`. */
  async countRegistration(address: string): Promise<void> {
    await consume(this.#registrations, keyOf(rateLimitSubnet(address)), 'registrations');
  }

  /** Counts a refresh; RATE_LIMITED with `retryAfterMs`. */
  async countRefresh(sessionId: string): Promise<void> {
    await consume(this.#refreshes, sessionId, 'refreshed tokens');
  }
}

async function consume(counter: RateLimiterAbstract, key: string, what: string): Promise<void> {
  try {
    await counter.consume(key);
  } catch (error) {
    throw error instanceof RateLimiterRes ? refusal(what, error) : error;
  }
}

function refusal(what: string, { msBeforeNext: retryAfterMs }: RateLimiterRes): AppError {
  const seconds = Math.ceil(retryAfterMs / 1000);
  return new AppError('RATE_LIMITED', `Too many ${what}; try again in ${seconds} s`, { retryAfterMs });
}
