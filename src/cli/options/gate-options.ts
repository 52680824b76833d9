import type { Command } from 'commander';
import { percentage } from './values.js';

/** What a benchmark is compared with, and what counts as a regression. */
export interface GateRequest {
  /** A task module that is measured in turn with that of `--task`, as its baseline. */
  against: string | null;
  /** An earlier JSON report. */
  baseline: string | null;
  /** A baseline that does not exist yet is no error. */
  baselineIfExists: boolean;
  /** Compares times relative to SYNC where the baseline is from another machine. */
  allowOtherMachine: boolean;
  /** 0.1: a cell that is 10 % slower than the baseline is still accepted. */
  maxRegression: number;
}

export function addGateOptions(command: Command): void {
  command
    .optionsGroup('Comparison:')
    .option(
      '--against <file>',
      'measures this task module too, in turn with that of --task, and compares them',
    )
    .option('--baseline <file>', 'compares with an earlier benchmark.json')
    .option('--baseline-if-exists <file>', 'the same; for a first run, no baseline yet is no error');
  addRegressionOptions(command);
}

export function addRegressionOptions(command: Command): void {
  command
    .option(
      '--max-regression <percent>',
      'accepts cells that are slower by up to this (default: 10)',
      percentage('--max-regression'),
    )
    .option('--allow-other-machine', 'compares times relative to SYNC where the machines differ');
}

export function gateOf(values: Readonly<Record<string, unknown>>): GateRequest {
  const baseline = values.baseline as string | undefined;
  const ifExists = values.baselineIfExists as string | undefined;
  return {
    against: (values.against as string | undefined) ?? null,
    baseline: baseline ?? ifExists ?? null,
    baselineIfExists: ifExists !== undefined && baseline === undefined,
    allowOtherMachine: values.allowOtherMachine === true,
    maxRegression: ((values.maxRegression as number | undefined) ?? 10) / 100,
  };
}
