import { type Command, Option } from 'commander';
import { AppError } from '../../errors.js';

/** A running server, and the account to use there. */
export type Remote = { url: string } & ({ token: string } | { email: string; password: string });

export function addRemoteOptions(command: Command): void {
  command
    .optionsGroup('Server (default: one of its own, on a temporary folder):')
    .option('--url <url>', 'a running server, such as http://localhost:4000')
    .addOption(new Option('--token <token>', 'API token of an account there').env('NOGIL_BENCH_TOKEN'))
    .addOption(new Option('--email <email>', 'or its e-mail address').env('NOGIL_BENCH_EMAIL'))
    .addOption(new Option('--password <password>', 'and its password').env('NOGIL_BENCH_PASSWORD'))
    .hook('preAction', (_command, action) => rejectAccountWithoutServer(action));
}

/** The variables of the environment may be set for other calls; an option is meant for this one. */
function rejectAccountWithoutServer(command: Command): void {
  if (command.getOptionValue('url') !== undefined) return;
  const given = ['token', 'email', 'password'].find((name) => command.getOptionValueSource(name) === 'cli');
  if (given !== undefined) throw AppError.badInput('--url', `must be given where --${given} is`);
}

/** @throws AppError BAD_USER_INPUT where address and account do not go together */
export function remoteOf(values: Readonly<Record<string, unknown>>): Remote | null {
  const { url, token, email, password } = values as Record<string, string | undefined>;
  if (url === undefined) return null;
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw AppError.badInput('--url', 'must be the address of a server, such as http://localhost:4000');
  }
  const address = { url: url.replace(/(\/graphql)?\/*$/, '') };
  if (token !== undefined) return { ...address, token };
  if (email !== undefined && password !== undefined) return { ...address, email, password };
  throw AppError.badInput('--token', 'must be given where --url is; or --email with --password');
}
