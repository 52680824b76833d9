import type { Logger } from 'pino';
import type { Config } from '../config.js';
import { AccountAdmin } from '../services/accounts/account-admin.js';
import { ApiTokenService } from '../services/accounts/api-token.service.js';
import { Passwords } from '../services/accounts/passwords.js';
import { openAppDatabase } from './database.js';

/** Opens the database of the settings, also while a server runs on it, for work on its accounts. */
export async function administerAccounts<Result>(
  config: Config,
  logger: Logger,
  work: (admin: AccountAdmin) => Promise<Result>,
): Promise<Result> {
  const database = await openAppDatabase(config, logger, false);
  try {
    const em = database.fork();
    return await work(new AccountAdmin(em, new Passwords(config.bcryptCost), new ApiTokenService(em)));
  } finally {
    await database.close();
  }
}
