import type { Passwords } from './passwords.js';
import { rateLimitSubnet } from './rate-limit-subnet.js';
import type { SignInDelay } from './sign-in-delay.js';
import type { SignInLimiter } from './sign-in-limiter.js';

/** One attempt at a password. */
export interface PasswordAttempt {
  /** Normalised e-mail address, or the sent text if it is not one. */
  account: string;
  password: string;
  /** Undefined if there is no such account. */
  hash: string | undefined;
  /** The client's IP address. */
  address: string;
  /** Whether the account was signed in to from this address recently. Called only under attack. */
  isKnownAddress(): Promise<boolean>;
}

/**
 * Checks passwords within the limits of sign-in: refuses addresses that fail too often, and delays unknown addresses
 * while the account is under attack. The limits apply to concurrent attempts too: a right password is accepted only
 * if the failures recorded by then allow it.
 */
export class PasswordCheck {
  constructor(
    private readonly passwords: Passwords,
    private readonly limiter: SignInLimiter,
    private readonly delay: SignInDelay,
  ) {}

  /** False for a wrong password; RATE_LIMITED or SERVER_BUSY. The work is the same without an account. */
  async verify({ account, password, hash, address, isKnownAddress }: PasswordAttempt): Promise<boolean> {
    await this.limiter.check(account, address);
    if ((await this.limiter.isUnderAttack(account)) && !(await isKnownAddress())) {
      await this.delay.pass(account, rateLimitSubnet(address));
      await this.limiter.check(account, address);
    }
    if (!(await this.passwords.verify(password, hash))) {
      await this.limiter.failed(account, address);
      return false;
    }
    await this.limiter.check(account, address);
    await this.limiter.succeeded(account, address);
    return true;
  }
}
