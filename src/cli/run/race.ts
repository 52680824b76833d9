import { stderr } from 'node:process';
import { figure } from '../../benchmark/analysis/format-numbers.js';
import { raceVerdict } from '../../execution/race.js';
import { RunRaceExperimentDocument } from '../generated/graphql.js';
import type { ApiClient } from './api-client.js';

/** Runs the race experiment and formats its results, a line for each variant; says on standard error that it takes a while. */
export async function race(client: ApiClient): Promise<string> {
  stderr.write('Race experiment: about ten seconds …\n');
  const { workers, results } = (await client.request(RunRaceExperimentDocument, {})).runRaceExperiment;
  const lines = results.map((result) => {
    const time = `${figure(result.nanosecondsPerIncrement)} ns`;
    return `  ${result.variant.padEnd(14)}  ${time.padStart(9)} per increment, ${raceVerdict(result)}`;
  });
  const threads = workers === 1 ? '1 thread adds' : `${workers} threads add`;
  return [`${threads} to one counter:`, ...lines].join('\n');
}
