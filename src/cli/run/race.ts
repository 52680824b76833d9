import { figure } from '../../benchmark/analysis/format-numbers.js';
import { raceVerdict } from '../../execution/race.js';
import { RunRaceExperimentDocument } from '../generated/graphql.js';
import type { ApiClient } from './api-client.js';

/** Runs the race experiment and formats its results, a line for each variant. */
export async function race(client: ApiClient): Promise<string> {
  const { workers, results } = (await client.request(RunRaceExperimentDocument, {})).runRaceExperiment;
  const lines = results.map((result) => {
    const time = `${figure(result.nanosecondsPerIncrement)} ns`;
    return `  ${result.variant.padEnd(14)}  ${time.padStart(9)} per increment, ${raceVerdict(result)}`;
  });
  return [`${workers} threads add to one counter:`, ...lines].join('\n');
}
