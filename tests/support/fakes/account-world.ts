import type { SqlEntityManager } from '@mikro-orm/sql';
import { accountServices } from '../../../src/app/account-services.js';
import type { Infrastructure } from '../../../src/app/infrastructure.js';
import { unitsOfWorkOf } from '../../../src/app/unit-of-work.js';
import { type Config, loadConfig } from '../../../src/config.js';
import { AccountRemoval } from '../../../src/services/accounts/account-removal.js';
import type { OwnedData } from '../../../src/services/shared/owned-data.js';
import type { TestDatabase } from '../servers/database.js';
import { CURRENT_RELEASE } from './current-release.js';

export const SECRET = 'a secret for tests of at least 32 characters';
export const PASSWORD = 'correct horse';

/** The account services of one process over a database. */
export function accountWorld(
  { fork }: Pick<TestDatabase, 'fork'>,
  {
    secret = SECRET,
    owned = [],
    errors = [],
    ...changes
  }: Partial<Config> & { secret?: string; owned?: OwnedData[]; errors?: unknown[] } = {},
) {
  const removal = new AccountRemoval({
    fork,
    owned,
    release: CURRENT_RELEASE,
    onError: (error) => errors.push(error),
  });
  // The cost of production would only make the tests slow.
  const config = { ...loadConfig({}), bcryptCost: 4, ...changes };
  const services = accountServices(config, secret, { pool: undefined } as Infrastructure, removal);
  return { removal, services: (em: SqlEntityManager = fork()) => unitsOfWorkOf(() => em, services)() };
}

let accounts = 0;
/** Credentials of an account that no other test has. */
export const someone = () => ({ email: `user-${++accounts}@example.com`, password: PASSWORD });
export const from = (address: string) => ({ address });
