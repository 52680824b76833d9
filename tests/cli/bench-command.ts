import { Command } from 'commander';
import { addBenchOptions, type BenchOptions, benchOptions } from '../../src/cli/options/bench-options.js';

/** The options of `nogil-bench bench` with these arguments; throws as the command does. */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
  let options: BenchOptions | undefined;
  addBenchOptions(new Command('bench').exitOverride().configureOutput({ writeErr: () => undefined }))
    .action((values) => {
      options = benchOptions(values);
    })
    .parse(args, { from: 'user' });
  if (options === undefined) throw new Error('The command did not run');
  return options;
}
