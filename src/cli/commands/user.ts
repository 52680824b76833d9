import { stdout } from 'node:process';
import type { Command } from 'commander';
import type { AccountAdmin } from '../../services/accounts/account-admin.js';

const SETTINGS = `
Works on the database of the settings (DATA_DIR or DATABASE_URL, also from a file
.env in the current folder), also while a server runs on it.`;

/** Adds the commands for the operator of a server. */
export function addUser(program: Command): void {
  const user = program
    .command('user')
    .summary('list accounts, reset a password')
    .description('Lists accounts and resets passwords, for the operator of a server.');
  user
    .command('list')
    .description('Lists the accounts by address, with the date of registration.')
    .addHelpText('after', SETTINGS)
    .action(() =>
      onDatabase(async (admin) => {
        const lines = (await admin.list()).map(
          ({ email, createdAt }) => `${createdAt.toISOString().slice(0, 10)}  ${email}\n`,
        );
        return lines.join('') || 'There are no accounts.\n';
      }),
    );
  user
    .command('reset-password')
    .argument('<email>', 'address of the account')
    .description('Sets a new random password and prints it. Ends all sessions and API tokens of the account.')
    .addHelpText('after', SETTINGS)
    .action((email: string) => onDatabase(async (admin) => `${await admin.resetPassword(email)}\n`));
}

/** Opens the database, prints the text of the work, and ends the process. */
async function onDatabase(work: (admin: AccountAdmin) => Promise<string>): Promise<void> {
  const { runTask } = await import('../../process/lifecycle.js');
  await runTask(async (config, logger) => {
    const { administerAccounts } = await import('../../app/administer-accounts.js');
    stdout.write(await administerAccounts(config, logger, work));
  });
}
