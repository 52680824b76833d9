import { stderr } from 'node:process';
import { sum } from 'simple-statistics';
import { count } from '../../benchmark/analysis/format-numbers.js';
import { WORKLOAD_FACTS } from '../../execution/model.js';
import {
  BenchmarkPlanDocument,
  type BenchmarkPlanQuery,
  BenchmarkProgressDocument,
  RunBenchmarkDocument,
  type RunBenchmarkInput,
} from '../generated/graphql.js';
import { durationText } from '../screen/progress-display.js';
import { writeNote } from '../screen/terminal.js';
import type { ApiClient } from './api-client.js';
import { BUSY_LIMIT_MS, inTurn } from './in-turn.js';
import { MachineWait, type MeasuringServer } from './machine-wait.js';

/** What a benchmark would measure, and how long it would take. */
export type PlannedCost = BenchmarkPlanQuery['benchmarkPlan'];

/** Measures one sample first on a server of the command, which has no earlier benchmarks to estimate the time from. */
export async function plannedCost(
  client: ApiClient,
  input: RunBenchmarkInput,
  server: MeasuringServer,
): Promise<PlannedCost> {
  const plan = async () =>
    (await inTurn(() => client.request(BenchmarkPlanDocument, { input }), BUSY_LIMIT_MS)).benchmarkPlan;
  // Rejects wrong values before anything is measured.
  await plan();
  if (server.kind === 'OWN') await measureOnce(client, input, server);
  return plan();
}

/** The cost of benchmarks that are measured in turn. */
export function totalCost(costs: readonly PlannedCost[]): PlannedCost {
  const seconds = costs.map(({ estimatedSeconds }) => estimatedSeconds);
  return {
    totalCells: sum(costs.map(({ totalCells }) => totalCells)),
    totalSamples: sum(costs.map(({ totalSamples }) => totalSamples)),
    estimatedSeconds: seconds.every((value) => value !== null) ? sum(seconds) : null,
    warnings: [...new Set(costs.flatMap(({ warnings }) => warnings))],
  };
}

/**
 * The plan in words, or as JSON.
 *
 * @param isLimited by a time, so that fewer samples may be measured
 */
export function planText(cost: PlannedCost, asJson: boolean, isLimited: boolean): string {
  const { totalCells, totalSamples, estimatedSeconds, warnings } = cost;
  if (asJson) return `${JSON.stringify({ totalCells, totalSamples, estimatedSeconds, warnings }, null, 2)}\n`;
  const time =
    estimatedSeconds === null
      ? 'The time is unknown: nothing comparable was measured on this server.'
      : `About ${durationText(estimatedSeconds)}, from what was measured on this machine.`;
  const samples = `${isLimited ? 'at most ' : ''}${count(totalSamples, 'sample')}`;
  return `${[`${count(totalCells, 'cell')}, ${samples}. ${time}`, ...warnings].join('\n')}\n`;
}

/** One sample of SYNC for each engine, of few tasks. Says what it waits for. */
async function measureOnce(
  client: ApiClient,
  input: RunBenchmarkInput,
  server: MeasuringServer,
): Promise<void> {
  const tasks = WORKLOAD_FACTS[input.workload ?? 'IMAGE'].usesImages ? 2 : (input.imageCounts?.[0] ?? 2);
  const { sweep: _sweep, untilPercent: _until, ...rest } = input;
  const small: RunBenchmarkInput = {
    ...rest,
    models: ['SYNC'],
    imageCounts: [tasks],
    workerCounts: [1],
    repetitions: 1,
  };
  const { id } = (await client.request(RunBenchmarkDocument, { input: small })).runBenchmark;
  const wait = new MachineWait(server, (line) => writeNote(stderr, line));
  try {
    for await (const { benchmarkProgress } of client.subscribe(BenchmarkProgressDocument, { id }))
      if (benchmarkProgress.status !== 'QUEUED') wait.stop();
  } finally {
    wait.stop();
  }
}
