import { exit, stdout } from 'node:process';
import type { Command } from 'commander';
import { compareWithBaseline } from '../../benchmark/gate/gate.js';
import { GATE_EXIT } from '../../benchmark/gate/gate-outcome.js';
import { EXIT } from '../exit-codes.js';
import { readReport } from '../files/report-files.js';
import { addRegressionOptions, gateOf } from '../options/gate-options.js';

export function addCompare(program: Command): void {
  const command = program
    .command('compare')
    .argument('<baseline>', 'JSON report of an earlier run')
    .argument('<candidate>', 'JSON report to compare with it')
    .summary('compare two JSON reports')
    .description('Compares two JSON reports cell by cell, with intervals and a test for significance.');
  addRegressionOptions(command);
  command.action(async (baseline: string, candidate: string, values) => {
    const [before, after] = await Promise.all([readReport(baseline), readReport(candidate)]);
    const { lines, outcome, compared } = compareWithBaseline(before, after, gateOf(values));
    stdout.write(`${lines.join('\n')}\n`);
    // With a limit it is a gate; without one it informs, where anything can be compared.
    const informs = values.maxRegression === undefined && compared > 0;
    exit(informs ? EXIT.DONE : GATE_EXIT[outcome]);
  });
}
