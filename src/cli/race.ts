import { figure } from '../benchmark/analysis/format-numbers.js';
import type { ApiClient } from './api-client.js';
import { RunRaceExperimentDocument } from './generated/graphql.js';

/** Runs the race experiment; what came of it, a line for each way to add. */
export async function race(client: ApiClient): Promise<string> {
  const { workers, results } = (await client.request(RunRaceExperimentDocument, {})).runRaceExperiment;
  const lines = results.map(
    ({ variant, lostPercent, nanosecondsPerIncrement }) =>
      `  ${variant.padEnd(14)}  ${lostPercent.toFixed(1).padStart(5)} % lost, ${figure(nanosecondsPerIncrement)} ns an increment`,
  );
  return [`${workers} threads add to one shared counter:`, ...lines].join('\n');
}
