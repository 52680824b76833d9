import { stderr, stdout } from 'node:process';
import type { BenchmarkStatus } from '../../benchmark/benchmark-status.js';
import { EXIT } from '../exit-codes.js';
import { writeReports } from '../files/report-files.js';
import {
  BenchmarkReportDocument,
  BenchmarkResultDocument,
  type BenchmarkResultQuery,
} from '../generated/graphql.js';
import type { BenchOutput } from '../options/bench-options.js';
import { answerLines } from '../screen/answer.js';
import { resultTable } from '../screen/result-table.js';
import { columnsOf, paintFor } from '../screen/terminal.js';
import type { ApiClient } from './api-client.js';

export type BenchmarkResult = BenchmarkResultQuery['benchmark'];

export const readResult = async (client: ApiClient, id: string): Promise<BenchmarkResult> =>
  (await client.request(BenchmarkResultDocument, { id })).benchmark;

/** The JSON report. */
export const readJson = async (client: ApiClient, id: string): Promise<string> =>
  (await client.request(BenchmarkReportDocument, { id, format: 'JSON' })).benchmark.report;

/** Prints what was measured on standard output. */
export async function printResult(
  client: ApiClient,
  id: string,
  result: BenchmarkResult,
  output: BenchOutput,
): Promise<void> {
  stdout.write(output === 'JSON' ? await readJson(client, id) : textOf(result, output));
}

/** Writes the reports into a folder, and prints their paths on standard error. */
export async function saveReports(client: ApiClient, id: string, folder: string): Promise<void> {
  const files = await writeReports(client, id, folder);
  stderr.write(`Reports: ${files.join(', ')}\n`);
}

/** The exit code of a benchmark that was compared with nothing. */
export function exitCodeOfStatus(status: BenchmarkStatus): number {
  if (status === 'COMPLETED') return EXIT.DONE;
  return status === 'CANCELLED' ? EXIT.CANCELLED : EXIT.FAILED;
}

function textOf(result: BenchmarkResult, output: BenchOutput): string {
  if (result.cells.length === 0) return '';
  const screen = { columns: columnsOf(stdout), paint: paintFor(stdout) };
  const answer = answerLines(result, screen);
  if (output === 'QUIET') return `${answer.slice(0, answer.indexOf('')).join('\n')}\n`;
  // A pipe keeps each cell on one line.
  const width = stdout.isTTY ? screen.columns : undefined;
  const table = output === 'TABLE' ? `\n${resultTable(result.cells, width)}\n` : '';
  return `${answer.join('\n')}\n${table}`;
}
