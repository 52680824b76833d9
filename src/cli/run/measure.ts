import { stderr } from 'node:process';
import { count } from '../../benchmark/analysis/format-numbers.js';
import { AppError } from '../../errors.js';
import {
  BenchmarkProgressDocument,
  CancelBenchmarkDocument,
  RunBenchmarkDocument,
  type RunBenchmarkInput,
} from '../generated/graphql.js';
import type { ProgressDisplay } from '../screen/progress-display.js';
import type { ApiClient } from './api-client.js';
import { BUSY_LIMIT_MS, inTurn } from './in-turn.js';
import { MachineWait, type MeasuringServer } from './machine-wait.js';
import type { Cancellable } from './shared-interruption.js';
import { turnProblem } from './shared-lock.js';

/**
 * Runs a benchmark and shows its progress until it has ended; returns its id. Ctrl-C cancels it. Where its progress
 * cannot be followed, it is cancelled on the server, or its id is printed.
 */
export async function measure(
  client: ApiClient,
  input: RunBenchmarkInput,
  interruption: Cancellable,
  display: ProgressDisplay,
  server: MeasuringServer,
): Promise<string> {
  const { runBenchmark } = await inTurn(() => client.request(RunBenchmarkDocument, { input }), BUSY_LIMIT_MS);
  const { id, name, totalCells, repetitions } = runBenchmark;
  const most = input.maxSeconds == null ? '' : 'at most ';
  display.begin(`${name}: ${count(totalCells, 'cell')}, ${most}${count(totalCells * repetitions, 'sample')}`);
  interruption.gentler = () => {
    display.note('Cancelling …');
    cancel(client, id).catch(reportFailure);
  };
  const problem = server.kind === 'OWN' ? turnProblem() : null;
  if (problem !== null) display.note(problem);
  const wait = new MachineWait(server, (line) => display.note(line));
  try {
    for await (const { benchmarkProgress } of client.subscribe(BenchmarkProgressDocument, { id })) {
      if (benchmarkProgress.status !== 'QUEUED') wait.stop();
      display.show(benchmarkProgress);
    }
  } catch (error) {
    display.end();
    // A server of the command ends with it.
    throw server.kind === 'OWN' ? error : await explained(error, client, id);
  } finally {
    interruption.gentler = null;
    wait.stop();
    display.end();
  }
  return id;
}

const cancel = (client: ApiClient, id: string) => client.request(CancelBenchmarkDocument, { id });

/** The error of a subscription, with what became of the benchmark. */
async function explained(error: unknown, client: ApiClient, id: string): Promise<unknown> {
  if (!(error instanceof AppError)) return error;
  const ended = await cancel(client, id).then(
    () => 'the benchmark was cancelled',
    () => `the benchmark ${id} may still run there`,
  );
  return new AppError(error.code, `${error.message}; ${ended}`, error.details);
}

/** A benchmark that has just ended by itself is no failure. */
function reportFailure(error: unknown): void {
  if (error instanceof AppError && error.code === 'CONFLICT') return;
  stderr.write(`It could not be cancelled: ${error instanceof Error ? error.message : error}\n`);
}
