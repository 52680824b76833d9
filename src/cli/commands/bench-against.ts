import { join } from 'node:path';
import { stderr, stdout } from 'node:process';
import { compareWithBaseline } from '../../benchmark/gate/gate.js';
import { GATE_EXIT } from '../../benchmark/gate/gate-outcome.js';
import { probeTask, type TaskProbe } from '../../benchmark/measure/probe-task.js';
import { AppError } from '../../errors.js';
import { EXIT } from '../exit-codes.js';
import { parseReport, prepareFolder } from '../files/report-files.js';
import { againstSentence } from '../gate/against-sentence.js';
import { rejectTooFew } from '../gate/comparable.js';
import { otherWorkText, type TriedModule } from '../gate/same-work.js';
import type { RunBenchmarkInput } from '../generated/graphql.js';
import type { BenchOptions } from '../options/bench-options.js';
import { type ApiClient, ownClient } from '../run/api-client.js';
import { type PlannedCost, plannedCost, planText, totalCost } from '../run/dry-run.js';
import { measuringServer } from '../run/machine-wait.js';
import { measure } from '../run/measure.js';
import { type OwnServer, type OwnTask, startOwnServer } from '../run/own-server.js';
import { terminalKind } from '../run/process-environment.js';
import { race } from '../run/race.js';
import {
  type BenchmarkResult,
  exitCodeOfStatus,
  printResult,
  readJson,
  readResult,
  saveReports,
} from '../run/result.js';
import { type Cancellable, SharedInterruption } from '../run/shared-interruption.js';
import { taskOfFile } from '../run/task-file.js';
import { planTask } from '../run/task-plan.js';
import { pairedDisplays } from '../screen/paired-display.js';
import { NO_DISPLAY } from '../screen/progress-display.js';
import { writeNote } from '../screen/terminal.js';

/** Options of `bench` with both files. */
export type AgainstOptions = BenchOptions & { task: string; against: string };

export const isAgainst = (options: BenchOptions): options is AgainstOptions =>
  options.task !== null && options.against !== null;

/** One of the two task modules. */
interface Side {
  /** Path as given. */
  label: string;
  task: OwnTask;
  input: RunBenchmarkInput;
  /** Folder for the reports. */
  out: string | null;
}

/** A module that has been tried. */
interface TriedSide extends TriedModule {
  task: OwnTask;
  probe: TaskProbe;
}

/** A side that has been measured. */
interface MeasuredSide extends Side {
  client: ApiClient;
  id: string;
  result: BenchmarkResult;
}

/**
 * `bench --task NEW --against OLD`: each module is measured on a server of its own. Two programs of a machine take turns
 * after each repetition, so that a drift of the machine slows both alike. Returns the exit code.
 */
export async function benchAgainst(options: AgainstOptions, interruption: Cancellable): Promise<number> {
  rejectTooFew(options.input.repetitions, '--against');
  const [task, old] = [await tried(options.task, '--task'), await tried(options.against, '--against')];
  const otherWork = otherWorkText(task, old);
  if (otherWork !== null) {
    writeNote(stderr, `Not comparable: ${otherWork}.`);
    return GATE_EXIT.NOT_COMPARABLE;
  }
  const sides = sidesOf(task, old, options);
  if (!options.dryRun) for (const { out } of sides) if (out !== null) await prepareFolder(out);
  const servers = await Promise.all(sides.map(({ task }) => startOwnServer(task)));
  try {
    if (options.dryRun) return await printPlan(sides, servers, options);
    const measured = await measureInTurn(sides, servers, options, interruption);
    return await conclude(measured, options);
  } finally {
    await Promise.all(servers.map((server) => server.close()));
  }
}

/** Tries a module, so that one that cannot run ends the command before anything is measured. */
async function tried(path: string, option: string): Promise<TriedSide> {
  const task = taskOfFile(path, option);
  try {
    return { label: path, task, probe: await probeTask(task) };
  } catch (error) {
    // Both may have the same name in other folders.
    throw error instanceof AppError ? new AppError(error.code, `${path}: ${error.message}`) : error;
  }
}

/** The new module and the old one, with the same cells. */
function sidesOf(task: TriedSide, old: TriedSide, { input, out }: AgainstOptions): [Side, Side] {
  const [planned, slower] = [planTask(old.probe, input), planTask(task.probe, input)];
  const plan = slower.imageCount < planned.imageCount ? slower : planned;
  for (const note of plan.notes) writeNote(stderr, note);
  const cells = {
    ...input,
    imageCounts: input.imageCounts ?? [plan.imageCount],
    repetitions: plan.repetitions,
  };
  return [
    { ...task, out, input: { ...cells, name: input.name ?? task.label, task: task.task.name } },
    {
      ...old,
      out: out === null ? null : join(out, 'against'),
      input: { ...cells, name: old.label, task: old.task.name },
    },
  ];
}

/** Prints what both sides together would measure, and how long that takes. */
async function printPlan(
  sides: readonly Side[],
  servers: readonly OwnServer[],
  options: AgainstOptions,
): Promise<number> {
  const costs: PlannedCost[] = [];
  for (const [index, server] of servers.entries()) {
    const input = sides[index]?.input;
    if (input) costs.push(await plannedCost(await ownClient(server), input, measuringServer(servers)));
  }
  stdout.write(planText(totalCost(costs), options.output === 'JSON', options.input.maxSeconds !== undefined));
  return EXIT.DONE;
}

/** Measures both sides at the same time; where one does not complete, the other is cancelled. */
async function measureInTurn(
  sides: readonly [Side, Side],
  servers: readonly OwnServer[],
  options: AgainstOptions,
  interruption: Cancellable,
): Promise<[MeasuredSide, MeasuredSide]> {
  const shared = new SharedInterruption(interruption);
  const labels = sides.map(({ label }) => label);
  const displays = options.output === 'QUIET' ? [] : pairedDisplays(stderr, terminalKind(), labels);
  const clients = await Promise.all(servers.map(ownClient));
  const machine = measuringServer(servers);
  const [first] = clients;
  if (options.race && first) stdout.write(`${await race(first, machine)}\n\n`);
  const measured = async (side: Side, index: number): Promise<MeasuredSide> => {
    const client = clients[index];
    if (!client) throw new TypeError('Each side has a server');
    const id = await measure(client, side.input, shared.part(), displays[index] ?? NO_DISPLAY, machine);
    const result = await readResult(client, id);
    if (result.status !== 'COMPLETED') shared.cancel();
    return { ...side, client, id, result };
  };
  return Promise.all([measured(sides[0], 0), measured(sides[1], 1)]);
}

/** Prints and writes what was measured; returns the exit code. */
async function conclude(
  sides: readonly [MeasuredSide, MeasuredSide],
  options: AgainstOptions,
): Promise<number> {
  const [now, old] = sides;
  await printResult(now.client, now.id, now.result, options.output);
  for (const { client, id, out } of sides) if (out !== null) await saveReports(client, id, out);
  for (const { label, result } of sides) {
    if (result.error) stderr.write(`${label}: ${result.error.message}\n`);
  }
  const failed = sides.find(({ result }) => result.status === 'FAILED') ?? sides.find(isIncomplete);
  if (failed) return exitCodeOfStatus(failed.result.status);
  const record = async ({ client, id }: MeasuredSide) => parseReport(await readJson(client, id), 'report');
  const [before, after] = [await record(old), await record(now)];
  // The modules are the difference that is asked for.
  const comparison = compareWithBaseline({ ...before, task: after.task }, after, {
    ...options,
    versions: true,
  });
  const lines = [againstSentence(now.label, old.label, comparison.rows), '', ...comparison.lines];
  const output = options.output === 'JSON' ? stderr : stdout;
  output.write(`\n${lines.join('\n')}\n`);
  return GATE_EXIT[comparison.outcome];
}

const isIncomplete = ({ result }: MeasuredSide): boolean => result.status !== 'COMPLETED';
