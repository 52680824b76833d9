import { stderr, stdout } from 'node:process';
import { AppError } from '../errors.js';
import type { ApiClient } from './api-client.js';
import {
  BenchmarkProgressDocument,
  CancelBenchmarkDocument,
  RunBenchmarkDocument,
  type RunBenchmarkInput,
} from './generated/graphql.js';
import type { Interruption } from './interruption.js';
import { progressDisplay } from './progress-display.js';

/**
 * Runs a benchmark, shows its progress until it has ended, and returns its id. Ctrl-C cancels it; a second Ctrl-C
 * exits.
 */
export async function measure(
  client: ApiClient,
  input: RunBenchmarkInput,
  interruption: Interruption,
): Promise<string> {
  const { id, name, totalCells, repetitions } = (await client.request(RunBenchmarkDocument, { input }))
    .runBenchmark;
  stdout.write(`${name}: ${totalCells} cells, ${totalCells * repetitions} samples\n`);
  const display = progressDisplay(stdout);
  interruption.gentler = () => {
    display.end();
    stderr.write('Cancelling …\n');
    client.request(CancelBenchmarkDocument, { id }).catch(reportFailure);
  };
  try {
    for await (const { benchmarkProgress } of client.subscribe(BenchmarkProgressDocument, { id })) {
      display.show(benchmarkProgress);
    }
  } finally {
    interruption.gentler = null;
    display.end();
  }
  return id;
}

/** Not an error if the benchmark has just ended by itself. */
function reportFailure(error: unknown): void {
  if (error instanceof AppError && error.code === 'CONFLICT') return;
  stderr.write(`It could not be cancelled: ${error instanceof Error ? error.message : error}\n`);
}
