/**
 * `npm run generate readme` writes what README.md shows of stored runs: the terminal in docs/images/terminal.svg, from
 * docs/runs/quick.json, and Node beside Python. It measures the runs `node` and `python` first where they are not stored,
 * each in a minute or two on an idle machine; `npm run generate readme NAME` measures one of them again.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchmarkRecord } from '../../src/benchmark/export/report.js';
import { parseReportFile } from '../../src/benchmark/import/parse-report.js';
import { storedRun } from '../guide/stored-run.js';
import { comparisonBlock, terminalImage } from './readme-parts.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const BENCH = fileURLToPath(new URL('../../programs/cli/bench.js', import.meta.url));

/** Writes a JSON report to a file. */
const RUNS = {
  node: (file: string) => node(file, '--workload', 'FIBONACCI', '--images', '4'),
  python: (file: string) =>
    void execFileSync('python3', ['examples/python/nogil_bench.py', '--tasks', '4', '--out', file], {
      cwd: root,
      stdio: 'inherit',
    }),
};
type Run = keyof typeof RUNS;

const pathOf = (run: Run): string => `${root}/docs/runs/readme-${run}.json`;
const read = (path: string): BenchmarkRecord => parseReportFile(readFileSync(path, 'utf8'), path);

function node(file: string, ...options: string[]): void {
  const text = execFileSync(process.execPath, [BENCH, ...options, '--json'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  writeFileSync(file, text);
}

function measure(run: Run): void {
  const folder = mkdtempSync(join(tmpdir(), 'readme-run-'));
  const file = join(folder, 'report.json');
  RUNS[run](file);
  const stored = storedRun(readFileSync(file, 'utf8'));
  rmSync(folder, { recursive: true });
  mkdirSync(`${root}/docs/runs`, { recursive: true });
  writeFileSync(pathOf(run), stored);
}

export const drawTerminal = (): string => terminalImage(read(`${root}/docs/runs/quick.json`));

/** README.md with Node beside Python; unchanged while one of them is not measured. */
export function withComparison(page: string): string {
  if (!(existsSync(pathOf('node')) && existsSync(pathOf('python')))) return page;
  return comparisonBlock(page, read(pathOf('node')), read(pathOf('python')));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const names = Object.keys(RUNS) as Run[];
  const given = process.argv.slice(2);
  const unknown = given.find((name) => !names.some((one) => one === name));
  if (unknown !== undefined) throw new Error(`There is no run ${unknown}; runs: ${names.join(', ')}`);
  for (const name of names) if (given.includes(name) || !existsSync(pathOf(name))) measure(name);
  writeFileSync(`${root}/docs/images/terminal.svg`, drawTerminal());
  writeFileSync(`${root}/README.md`, withComparison(readFileSync(`${root}/README.md`, 'utf8')));
}
