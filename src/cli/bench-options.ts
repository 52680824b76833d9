import { parseArgs } from 'node:util';
import { AppError } from '../errors.js';
import type { RunBenchmarkInput } from './generated/graphql.js';

/** Address of the API and account (default: the command starts its own server). */
export interface Remote {
  url: string;
  email: string;
  password: string;
}

export interface BenchOptions {
  help: boolean;
  input: RunBenchmarkInput;
  /** The race experiment goes before the benchmark, so that the reports have it. */
  race: boolean;
  remote: Remote | null;
  /** A folder for the reports. */
  out: string | null;
  /** An earlier JSON report. */
  baseline: string | null;
  /** 0.1: ten per cent slower than the baseline is still accepted. */
  maxRegression: number;
}

export const USAGE = `npm run bench -- [options]

Measures concurrency models, prints their times and recommends one.

  --preset QUICK|MATRIX      lists of models, images and workers that are not given (default: QUICK)
  --models SYNC,THREADS      of SYNC, ASYNC, THREADS_LOCKED, PROCESSES, THREADS
  --images 10,50             images in a batch
  --workers 1,2,4            threads or processes
  --engines JIMP,SHARP       libraries that compute the pixels
  --workload IMAGE|FIBONACCI
  --repetitions N            samples of each cell (default: 5)
  --race                     first measures how many increments threads lose on a shared counter
  --name TEXT
  --out DIR                  writes benchmark.md, .csv, .json and .html there
  --baseline FILE            compares with an earlier benchmark.json; exit code 1 if a cell got slower
  --max-regression PERCENT   by more than this percentage (default: 10)
  --url URL                  a running server, such as http://localhost:4000; needs --email and --password
  --help

Without --url the command starts its own server on a temporary folder. Ctrl-C cancels the benchmark.
Exit codes: 0 done, 1 failed, beyond a limit of the server, or slower than the baseline, 2 wrong options, 130 cancelled.
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
      repetitions:
        values.repetitions === undefined ? undefined : wholeNumber('repetitions', values.repetitions),
    } as RunBenchmarkInput,
    race: values.race ?? false,
    remote: remoteOf(values),
    out: values.out ?? null,
    baseline: values.baseline ?? null,
    maxRegression: percentage('max-regression', values['max-regression'] ?? '10') / 100,
  };
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
        baseline: text,
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
      'must be given with --password where --url is: the server asks who you are',
    );
  }
  return { url: url.replace(/\/(graphql)?$/, ''), email, password };
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
