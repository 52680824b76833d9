import { exit, stderr, stdout } from 'node:process';
import { Command, CommanderError } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { AppError } from '../errors.js';
import { addBench } from './commands/bench.js';
import { addCompare } from './commands/compare.js';
import { addRace } from './commands/race.js';
import { addReport } from './commands/report.js';
import { addServices } from './commands/services.js';
import { addUser } from './commands/user.js';
import { EXIT, exitCodeOf } from './exit-codes.js';
import { inOptionWords } from './options/option-words.js';
import { writeNote } from './screen/terminal.js';

const EXAMPLES = `
Examples:
  nogil-bench bench --task ./my-task.mjs     which model does my function need?
  nogil-bench bench                          the same for image operations
  nogil-bench serve                          the server, its API and its web app

Exit codes: 0 done; 1 failed, or slower than the baseline; 2 wrong options;
3 not comparable with the baseline; 130 cancelled.`;

const HINT = `nogil-bench bench --task FILE measures a function of yours;
nogil-bench --help lists the commands, nogil-bench COMMAND --help its options.`;

/** Runs the command that the arguments name, and ends the process with its exit code. */
export async function runCommand(args: readonly string[]): Promise<void> {
  const program = new Command('nogil-bench')
    .description('Measures which concurrency model CPU-bound work needs, and serves image operations.')
    .version(packageJson.version)
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '')) })
    .showHelpAfterError(HINT)
    .configureHelp({ subcommandTerm: (command) => command.name() });
  for (const add of [addBench, addCompare, addReport, addRace, addServices, addUser]) add(program);
  for (const output of [stdout, stderr]) output.on('error', ignoreClosedPipe);
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    exit(report(error));
  }
}

/** A reader such as `head` may close the pipe; a measurement still has reports to write. */
function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** Prints an error and returns the exit code for it. */
function report(error: unknown): number {
  // Its text has been printed.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.DONE : EXIT.USAGE;
  if (!(error instanceof AppError)) throw error;
  writeNote(stderr, inOptionWords(error));
  return exitCodeOf(error.code);
}
