import type { Command } from 'commander';
import { ADAPTIVE_REPETITIONS } from '../../benchmark/plan.js';
import { BENCHMARK_PRESETS } from '../../benchmark/preset.js';
import { AppError } from '../../errors.js';
import { CONCURRENCY_MODELS, WORKLOADS } from '../../execution/model.js';
import { IMAGE_ENGINES } from '../../imaging/engine-name.js';
import type { RunBenchmarkInput } from '../generated/graphql.js';
import { addGateOptions, type GateRequest, gateOf } from './gate-options.js';
import { addRemoteOptions, type Remote, remoteOf } from './remote-options.js';
import { parseSweep } from './sweep-option.js';
import { names, oneName, percentage, wholeNumber, wholeNumbers } from './values.js';

/** What a benchmark prints on standard output. */
export type BenchOutput = 'ANSWER' | 'TABLE' | 'JSON' | 'QUIET';

export interface BenchOptions extends GateRequest {
  input: RunBenchmarkInput;
  /** A file; with a remote server, a name there. */
  task: string | null;
  /** Runs the race experiment before the benchmark, so that the reports have it. */
  race: boolean;
  /** Default: the command starts a server of its own. */
  remote: Remote | null;
  /** Folder for the reports. */
  out: string | null;
  output: BenchOutput;
  /** Prints what would be measured, and how long it would take, and ends. */
  dryRun: boolean;
}

/** Adds the options of `bench` to a command. */
export function addBenchOptions(command: Command): Command {
  command.optionsGroup('What to measure:');
  addWorkOptions(command);
  addCellOptions(command);
  addSampleOptions(command);
  command
    .optionsGroup('Output:')
    .option('--name <text>', 'name of the benchmark')
    .option('--out <folder>', 'writes benchmark.md, .csv, .json and .html there')
    .option('--table', 'prints every figure of every cell')
    .option('--json', 'prints the JSON report')
    .option('--quiet', 'prints the answer alone');
  addGateOptions(command);
  addRemoteOptions(command);
  return command;
}

function addWorkOptions(command: Command): void {
  command
    .option(
      '--task <file>',
      'module with a default export function run(input); on a server of --url, a name of its TASKS_DIR',
    )
    .option('--workload <kind>', 'IMAGE or FIBONACCI (default: IMAGE)', oneName('--workload', WORKLOADS))
    .option(
      '--preset <name>',
      'QUICK or MATRIX: lists that are not given (default: QUICK)',
      oneName('--preset', BENCHMARK_PRESETS),
    );
}

/** The lists whose product are the cells. */
function addCellOptions(command: Command): void {
  command
    .option('--models <list>', `of ${CONCURRENCY_MODELS.join(', ')}`, names('--models', CONCURRENCY_MODELS))
    .option(
      '--engines <list>',
      'JIMP, SHARP: libraries that compute the pixels',
      names('--engines', IMAGE_ENGINES),
    )
    .option(
      '--images <list>',
      'images, or tasks, in a batch, such as 10,50 (default for --task: its inputs, repeated until a batch takes 250 ms, or as many as take a second)',
      wholeNumbers('--images'),
    )
    .option('--workers <list>', 'threads or processes, such as 1,2,4', wholeNumbers('--workers'))
    .option(
      '--sweep <axis=list>',
      'measures every cell at each value; axes: lockShare, payloadBytes, waitShare, imageEdge, chunkSize',
      parseSweep,
    );
}

function addSampleOptions(command: Command): void {
  command
    .option(
      '--repetitions <n>',
      'samples of each cell (default: 5; with --until or --against 12)',
      wholeNumber('--repetitions'),
    )
    .option(
      '--until <percent>',
      'repeats a cell, up to 50 times, until the 95 % interval of its median is at most this wide',
      percentage('--until'),
    )
    .option(
      '--max-seconds <n>',
      'begins no repetition that would end later than this; the first is always measured',
      wholeNumber('--max-seconds'),
    )
    .option('--seed <n>', 'order of the samples (default: random)', wholeNumber('--seed'))
    .option('--race', 'runs the race experiment too; plain QUICK always does')
    .option('--dry-run', 'prints cells, samples and minutes, and measures nothing else');
}

type Values = Readonly<Record<string, unknown>>;

/** The options as parsed. @throws AppError BAD_USER_INPUT where they do not go together */
export function benchOptions(values: Values): BenchOptions {
  const given = <Value>(name: string) => values[name] as Value | undefined;
  const task = given<string>('task') ?? null;
  const workload = given<RunBenchmarkInput['workload']>('workload');
  if (task === null && workload === 'TASK') throw AppError.badInput('--workload', 'TASK needs --task FILE');
  if (task !== null && workload !== undefined && workload !== 'TASK')
    throw AppError.badInput('--task', `must not be given with --workload ${workload}`);
  const comparing = given('against') !== undefined || given('until') !== undefined;
  if (given('against') !== undefined) checkAgainst(values);
  return {
    input: {
      name: given('name'),
      preset: given('preset'),
      workload: task === null ? workload : 'TASK',
      models: given('models'),
      engines: given('engines'),
      imageCounts: given('images'),
      workerCounts: given('workers'),
      repetitions: given('repetitions') ?? (comparing ? ADAPTIVE_REPETITIONS : undefined),
      sweep: given('sweep'),
      untilPercent: given('until'),
      maxSeconds: given('maxSeconds'),
      seed: given('seed'),
    } as RunBenchmarkInput,
    task,
    race: given('race') ?? isPlainQuick(values),
    remote: remoteOf(values),
    out: given('out') ?? null,
    output: outputOf(values),
    dryRun: given('dryRun') ?? false,
    ...gateOf(values),
  };
}

/** What is measured in turn needs a server for each side, and has one baseline. */
function checkAgainst(values: Values): void {
  if (values.task === undefined) throw AppError.badInput('--against', 'needs --task FILE');
  const others = {
    url: '--url',
    baseline: '--baseline',
    baselineIfExists: '--baseline-if-exists',
  };
  for (const [name, option] of Object.entries(others)) {
    if (values[name] !== undefined) throw AppError.badInput('--against', `must not be given with ${option}`);
  }
}

function outputOf({ table, json, quiet }: Values): BenchOutput {
  const chosen = [table && 'TABLE', json && 'JSON', quiet && 'QUIET'].filter(Boolean) as BenchOutput[];
  if (chosen.length > 1) throw AppError.badInput('--table, --json, --quiet', 'only one may be given');
  return chosen[0] ?? 'ANSWER';
}

/** Whether all of the preset QUICK, and nothing else, is measured: the first run of a learner. */
function isPlainQuick(values: Values): boolean {
  const selecting = [
    'models',
    'images',
    'workers',
    'engines',
    'workload',
    'sweep',
    'task',
    'dryRun',
    'json',
    'quiet',
  ];
  return (values.preset ?? 'QUICK') === 'QUICK' && selecting.every((name) => values[name] === undefined);
}
