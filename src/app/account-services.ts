/** Accounts and sign-in as the settings say. */
import type { Config } from '../config.js';
import { AccessTokens } from '../services/accounts/access-tokens.js';
import { AccountService } from '../services/accounts/account.service.js';
import type { AccountRemoval } from '../services/accounts/account-removal.js';
import { ApiTokenService } from '../services/accounts/api-token.service.js';
import { Authenticator } from '../services/accounts/authenticator.js';
import { PasswordCheck } from '../services/accounts/password-check.js';
import { Passwords } from '../services/accounts/passwords.js';
import { RefreshTokens } from '../services/accounts/refresh-tokens.js';
import { SessionService } from '../services/accounts/session.service.js';
import { SignInDelay } from '../services/accounts/sign-in-delay.js';
import { SignInLimiter } from '../services/accounts/sign-in-limiter.js';
import type { Services } from '../services/services.js';
import type { Infrastructure } from './infrastructure.js';
import type { ServiceMakers } from './unit-of-work.js';

type AccountServices = Pick<Services, 'auth' | 'accounts' | 'sessions' | 'apiTokens'>;

/** Returns the makers of the services; what these share across units of work, such as counters, is made once. */
export function accountServices(
  { signIn, accessTokenSeconds, bcryptCost, sessionDays }: Config,
  secret: string,
  { pool }: Infrastructure,
  removal: AccountRemoval,
): ServiceMakers<AccountServices> {
  // Pages that refresh whenever they are opened, and any client twice in the life of an access token.
  const refreshesPerSession = 300 + Math.ceil((2 * 900) / accessTokenSeconds);
  const limiter = new SignInLimiter({ ...signIn, refreshesPerSession }, pool);
  const passwords = new Passwords(bcryptCost);
  const delay = new SignInDelay(signIn.delayMs, signIn.maxDelayed);
  const passwordCheck = new PasswordCheck(passwords, limiter, delay);
  const accessTokens = new AccessTokens(secret, accessTokenSeconds);
  const refreshTokens = new RefreshTokens(secret);
  const { knownAddressDays } = signIn;
  const accounts = { passwords, passwordCheck, limiter, removal };
  const sessions = { accessTokens, refreshTokens, limiter, sessionDays, knownAddressDays };
  return {
    auth: (em) => new Authenticator(em, accessTokens),
    accounts: (em, services) => new AccountService(em, accounts, services.sessions, services.apiTokens),
    sessions: (em) => new SessionService(em, sessions),
    apiTokens: (em) => new ApiTokenService(em),
  };
}
