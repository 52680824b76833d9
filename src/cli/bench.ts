/** `npm run bench`: runs a benchmark through the API and prints the result. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { argv, exit, stderr, stdout } from 'node:process';
import type { BenchmarkReport } from '../benchmark/export/report.js';
import { AppError } from '../errors.js';
import { ApiClient } from './api-client.js';
import { compareWithBaseline, type GateOutcome } from './baseline.js';
import { type BenchOptions, parseBenchOptions, USAGE } from './bench-options.js';
import { rejectIncomparable } from './comparable.js';
import { BenchmarkReportDocument, BenchmarkResultDocument } from './generated/graphql.js';
import { Interruption } from './interruption.js';
import { measure } from './measure.js';
import { startOwnServer } from './own-server.js';
import { race } from './race.js';
import { parseReport, prepareFolder, readReport, writeReports } from './report-files.js';
import { resultTable } from './result-table.js';

const EXIT = { DONE: 0, FAILED: 1, WRONG_OPTIONS: 2, NOT_COMPARABLE: 3, CANCELLED: 130 } as const;

const GATE_EXIT: Readonly<Record<GateOutcome, number>> = {
  ACCEPTED: EXIT.DONE,
  REGRESSION: EXIT.FAILED,
  NOT_COMPARABLE: EXIT.NOT_COMPARABLE,
};

const interruption = new Interruption();
try {
  exit(await run(parseBenchOptions(argv.slice(2))));
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  stderr.write(`${error.message}\n`);
  exit(error.code === 'BAD_USER_INPUT' ? EXIT.WRONG_OPTIONS : EXIT.FAILED);
}

async function run(options: BenchOptions): Promise<number> {
  if (options.help) {
    stdout.write(USAGE);
    return EXIT.DONE;
  }
  // Checked before measuring.
  const baseline = await baselineOf(options);
  if (baseline !== null) rejectIncomparable(baseline, options.input);
  if (options.out !== null) await prepareFolder(options.out);

  const server = options.remote ? null : await startOwnServer();
  try {
    const client = await signedIn(options, server?.url ?? '');
    if (options.race) {
      stdout.write('Race experiment: some ten seconds …\n');
      stdout.write(`${await race(client)}\n\n`);
    }
    const id = await measure(client, options.input, interruption);
    const { benchmark } = await client.request(BenchmarkResultDocument, { id });
    if (benchmark.cells.length > 0) stdout.write(`\n${resultTable(benchmark.cells)}\n\n`);
    if (benchmark.recommendation) stdout.write(`${benchmark.recommendation.reason}\n`);
    if (options.out !== null) await writeReports(client, id, options.out);
    if (benchmark.error) stderr.write(`${benchmark.error.code}: ${benchmark.error.message}\n`);
    if (benchmark.status === 'CANCELLED') return EXIT.CANCELLED;
    if (benchmark.status !== 'COMPLETED') return EXIT.FAILED;
    if (baseline === null) return EXIT.DONE;

    const { report } = (await client.request(BenchmarkReportDocument, { id, format: 'JSON' })).benchmark;
    const comparison = compareWithBaseline(baseline, parseReport(report, 'report'), options);
    stdout.write(`\n${comparison.lines.join('\n')}\n`);
    return GATE_EXIT[comparison.outcome];
  } finally {
    await server?.close();
  }
}

/** Signs in to a running server, or starts a server with a new user. */
async function signedIn({ remote }: BenchOptions, ownUrl: string): Promise<ApiClient> {
  const client = new ApiClient(remote?.url ?? ownUrl);
  if (remote) await client.login(remote.email, remote.password);
  else await client.register('bench@localhost.invalid', randomBytes(32).toString('hex'));
  return client;
}

async function baselineOf({ baseline, baselineIfExists }: BenchOptions): Promise<BenchmarkReport | null> {
  if (baseline === null) return null;
  if (baselineIfExists && !existsSync(baseline)) {
    stdout.write(`No baseline yet: ${baseline} does not exist, so nothing is compared.\n`);
    return null;
  }
  return readReport(baseline);
}
