import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { exit, stderr, stdout } from 'node:process';
import type { Command } from 'commander';
import type { BenchmarkRecord } from '../../benchmark/export/report.js';
import { compareWithBaseline } from '../../benchmark/gate/gate.js';
import { GATE_EXIT } from '../../benchmark/gate/gate-outcome.js';
import { probeTask } from '../../benchmark/measure/probe-task.js';
import { AppError } from '../../errors.js';
import { EXIT } from '../exit-codes.js';
import { parseReport, prepareFolder, readReport } from '../files/report-files.js';
import { rejectIncomparable } from '../gate/comparable.js';
import { addBenchOptions, type BenchOptions, benchOptions } from '../options/bench-options.js';
import { checkRequest } from '../options/check-request.js';
import { type ApiClient, clientOf } from '../run/api-client.js';
import { plannedCost, planText } from '../run/dry-run.js';
import { Interruption } from '../run/interruption.js';
import { measuringServer } from '../run/machine-wait.js';
import { measure } from '../run/measure.js';
import { type OwnTask, startOwnServer } from '../run/own-server.js';
import { terminalKind } from '../run/process-environment.js';
import { race } from '../run/race.js';
import { exitCodeOfStatus, printResult, readJson, readResult, saveReports } from '../run/result.js';
import { taskOfFile } from '../run/task-file.js';
import { planTask } from '../run/task-plan.js';
import { NO_DISPLAY, progressDisplay } from '../screen/progress-display.js';
import { writeNote } from '../screen/terminal.js';
import { benchAgainst, isAgainst } from './bench-against.js';

const EXAMPLES = `
Examples:
  nogil-bench bench --task ./my-task.mjs --workers 1,2,4
  nogil-bench bench --workload FIBONACCI --sweep waitShare=0,0.5,0.9 --until 3%
  nogil-bench bench --task ./new.mjs --against ./old.mjs
  nogil-bench bench --out reports --baseline-if-exists reports/benchmark.json

Ctrl-C cancels the benchmark, and prints and writes what was measured before.`;

export function addBench(program: Command): void {
  const command = program
    .command('bench')
    .summary('measure concurrency models and recommend one')
    .description('Measures concurrency models, ranks them by time and says which one to take.');
  addBenchOptions(command)
    .addHelpText('after', EXAMPLES)
    .action(async (values) => {
      const interruption = new Interruption();
      exit(await bench(benchOptions(values), interruption));
    });
}

async function bench(options: BenchOptions, interruption: Interruption): Promise<number> {
  // Before anything is measured for nothing.
  const baseline = await baselineOf(options);
  if (options.remote === null) checkRequest(options.input, availableParallelism());
  if (isAgainst(options)) return benchAgainst(options, interruption);
  if (options.out !== null) await prepareFolder(options.out);
  const { input, task } = await requestOf(options, baseline);
  if (baseline !== null) rejectIncomparable(baseline, input);

  const server = options.remote ? null : await startOwnServer(task);
  try {
    const client = await clientOf(options.remote, server);
    const machine = measuringServer(server && [server]);
    if (options.dryRun) {
      const cost = await plannedCost(client, input, machine);
      stdout.write(planText(cost, options.output === 'JSON', input.maxSeconds !== undefined));
      return EXIT.DONE;
    }
    if (options.race) stdout.write(`${await race(client, machine)}\n\n`);
    const display = options.output === 'QUIET' ? NO_DISPLAY : progressDisplay(stderr, terminalKind());
    const id = await measure(client, input, interruption, display, machine);
    return await conclude(client, id, options, baseline);
  } finally {
    await server?.close();
  }
}

/**
 * The input of the benchmark; for a task of a file, with its name and the module to offer. Without a size of the batch, it
 * is that of the baseline, so that the cells are the same, else the result of a trial.
 */
async function requestOf({ input, task: path, remote }: BenchOptions, baseline: BenchmarkRecord | null) {
  if (path === null) return { input };
  const imageCounts = input.imageCounts ?? (baseline ? batchesOf(baseline) : undefined);
  if (remote) return { input: { ...input, task: path, imageCounts } };
  const task = taskOfFile(path);
  const planned = imageCounts ? { imageCounts } : await tried(task, input);
  return { input: { ...input, ...planned, task: task.name }, task };
}

const batchesOf = ({ samples }: BenchmarkRecord): number[] => [
  ...new Set(samples.map(({ imageCount }) => imageCount)),
];

/** Tries the task, and returns the size of a batch and the number of repetitions. */
async function tried(task: OwnTask, input: BenchOptions['input']) {
  const { imageCount, repetitions, notes } = planTask(await probeTask(task), input);
  for (const note of notes) writeNote(stderr, note);
  return { imageCounts: [imageCount], repetitions };
}

/** Prints and writes what was measured; returns the exit code. */
async function conclude(
  client: ApiClient,
  id: string,
  options: BenchOptions,
  baseline: BenchmarkRecord | null,
): Promise<number> {
  const result = await readResult(client, id);
  await printResult(client, id, result, options.output);
  if (options.out !== null) await saveReports(client, id, options.out);
  if (result.error) stderr.write(`${result.error.message}\n`);
  if (result.status !== 'COMPLETED' || baseline === null) return exitCodeOfStatus(result.status);
  const now = await parseReport(await readJson(client, id), 'report');
  const comparison = compareWithBaseline(baseline, now, options);
  const output = options.output === 'JSON' ? stderr : stdout;
  output.write(`\n${comparison.lines.join('\n')}\n`);
  return GATE_EXIT[comparison.outcome];
}

async function baselineOf({ baseline, baselineIfExists }: BenchOptions): Promise<BenchmarkRecord | null> {
  if (baseline === null) return null;
  if (!existsSync(baseline)) {
    if (!baselineIfExists) {
      const remedy = '--baseline-if-exists makes the first run without one';
      throw AppError.badInput('--baseline', `there is no file ${baseline}; ${remedy}`);
    }
    writeNote(stderr, `No baseline yet: ${baseline} does not exist, so nothing is compared.`);
    return null;
  }
  return readReport(baseline, '--baseline');
}
