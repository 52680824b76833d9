import { parseArgs } from 'node:util';
import { ADAPTIVE_REPETITIONS } from '../benchmark/plan.js';
import { AppError } from '../errors.js';
import type { RunBenchmarkInput } from './generated/graphql.js';
import { parseSweep } from './sweep-option.js';

/** Address of the API and account (default: the command starts its own server). */
export interface Remote {
  url: string;
  email: string;
  password: string;
}

export interface BenchOptions {
  help: boolean;
  input: RunBenchmarkInput;
  /** Runs the race experiment before the benchmark, so that the reports contain it. */
  race: boolean;
  remote: Remote | null;
  /** Folder for the reports. */
  out: string | null;
  /** An earlier JSON report. */
  baseline: string | null;
  /** A missing baseline is not an error. */
  baselineIfExists: boolean;
  /** Compares times relative to SYNC if the baseline is from another machine. */
  allowOtherMachine: boolean;
  /** 0.1: a cell that is 10 % slower than the baseline is still accepted. */
  maxRegression: number;
}

export const USAGE = `npm run bench -- [options]

Measures concurrency models, prints their times and recommends one.
Without --url it starts a server of its own on a temporary folder. Ctrl-C
cancels the benchmark and keeps the samples measured before.

What to measure (default: preset QUICK, and the race experiment):
  --preset QUICK|MATRIX      source of the lists that are not given (QUICK)
  --models SYNC,THREADS      of SYNC, ASYNC, THREADS_LOCKED, PROCESSES, THREADS
  --engines JIMP,SHARP       libraries that compute the pixels
  --images 10,50             images, or tasks, in a batch
  --workers 1,2,4            threads or processes
  --workload IMAGE|FIBONACCI kind of the tasks (IMAGE)
  --sweep AXIS=V1,V2         measures every cell at each value; axes: lockShare,
                             payloadBytes, waitShare, imageEdge, chunkSize
  --repetitions N            samples of each cell (5; with --until 12)
  --until PERCENT            repeats a cell, up to 50 times, until the 95 % interval
                             of its median is at most this wide, such as 3%
  --seed N                   order of the samples (random)
  --race                     runs the race experiment too; plain QUICK always does

Output:
  --name TEXT                name of the benchmark
  --out DIR                  writes benchmark.md, .csv, .json and .html to DIR

Comparison with an earlier run:
  --baseline FILE            compares with an earlier benchmark.json
  --baseline-if-exists FILE  the same; for a first run, no baseline yet is no error
  --max-regression PERCENT   accepts cells that are slower by up to this (10)
  --allow-other-machine      compares times relative to SYNC where the machines differ

Server:
  --url URL                  a running server, such as http://localhost:4000
  --email, --password        its account; required with --url
  --help

Exit codes: 0 done; 1 failed, beyond a limit of the server, or slower than the
baseline; 2 wrong options; 3 not comparable with the baseline; 130 cancelled.

Examples:
  npm run bench -- --workload FIBONACCI --workers 1,2,4
  npm run bench -- --workload FIBONACCI --sweep waitShare=0,0.5,0.9 --until 3%
  npm run bench -- --out reports --baseline-if-exists reports/benchmark.json
`;

/** Throws BAD_USER_INPUT that names the wrong option. The server checks the plan of the benchmark. */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const { values } = parsed(args);
  const list = (text: string | undefined) => text?.split(',').map((part) => part.trim().toUpperCase());
  const numbers = (name: string, text: string | undefined) =>
    text?.split(',').map((part) => wholeNumber(name, part));
  return {
    help: values.help ?? false,
    // The server checks the names and lists the valid ones.
    input: {
      name: values.name,
      preset: values.preset?.toUpperCase(),
      workload: values.workload?.toUpperCase(),
      models: list(values.models),
      engines: list(values.engines),
      imageCounts: numbers('images', values.images),
      workerCounts: numbers('workers', values.workers),
      repetitions: repetitionsOf(values),
      sweep: values.sweep === undefined ? undefined : parseSweep(values.sweep),
      untilPercent: values.until === undefined ? undefined : percentage('until', values.until),
      seed: values.seed === undefined ? undefined : wholeNumber('seed', values.seed),
    } as RunBenchmarkInput,
    race: values.race ?? isPlainQuick(values),
    remote: remoteOf(values),
    out: values.out ?? null,
    baseline: values.baseline ?? values['baseline-if-exists'] ?? null,
    baselineIfExists: values['baseline-if-exists'] !== undefined && values.baseline === undefined,
    allowOtherMachine: values['allow-other-machine'] ?? false,
    maxRegression: percentage('max-regression', values['max-regression'] ?? '10') / 100,
  };
}

function repetitionsOf({ repetitions, until }: { repetitions?: string; until?: string }): number | undefined {
  if (repetitions !== undefined) return wholeNumber('repetitions', repetitions);
  return until === undefined ? undefined : ADAPTIVE_REPETITIONS;
}

function parsed(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        help: { type: 'boolean', short: 'h' },
        preset: text,
        models: text,
        images: text,
        workers: text,
        engines: text,
        workload: text,
        repetitions: text,
        race: { type: 'boolean' },
        name: text,
        out: text,
        sweep: text,
        until: text,
        seed: text,
        baseline: text,
        'baseline-if-exists': text,
        'allow-other-machine': { type: 'boolean' },
        'max-regression': text,
        url: text,
        email: text,
        password: text,
      },
    });
  } catch (error) {
    throw new AppError('BAD_USER_INPUT', error instanceof Error ? error.message : String(error));
  }
}

function remoteOf({
  url,
  email,
  password,
}: {
  url?: string;
  email?: string;
  password?: string;
}): Remote | null {
  if (url === undefined) {
    if (email !== undefined || password !== undefined) {
      throw AppError.badInput('--url', 'must be given with --email and --password');
    }
    return null;
  }
  if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
    throw AppError.badInput('--url', 'must be the address of a server, such as http://localhost:4000');
  }
  if (email === undefined || password === undefined) {
    throw AppError.badInput(
      '--email',
      'must be given with --password if --url is given: the server requires a sign-in',
    );
  }
  return { url: url.replace(/\/(graphql)?$/, ''), email, password };
}

/** Whether exactly the preset QUICK is measured, as in the first run of a new user. */
function isPlainQuick(values: Readonly<Record<string, unknown>>): boolean {
  const selecting = ['models', 'images', 'workers', 'engines', 'workload', 'sweep', 'help'];
  return (
    String(values.preset ?? 'QUICK').toUpperCase() === 'QUICK' &&
    selecting.every((name) => values[name] === undefined)
  );
}

function wholeNumber(name: string, text: string): number {
  if (!/^\s*\d+\s*$/.test(text)) {
    throw AppError.badInput(`--${name}`, `must be whole numbers, not ${JSON.stringify(text)}`);
  }
  return Number(text);
}

function percentage(name: string, text: string): number {
  const value = Number(text.replace(/%$/, ''));
  if (!Number.isFinite(value) || value < 0)
    throw AppError.badInput(`--${name}`, 'must be a percentage from 0');
  return value;
}
