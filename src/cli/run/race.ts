import { stderr } from 'node:process';
import { figure } from '../../benchmark/analysis/format-numbers.js';
import { raceVerdict } from '../../execution/race.js';
import { RunRaceExperimentDocument, type RunRaceExperimentMutation } from '../generated/graphql.js';
import { writeNote } from '../screen/terminal.js';
import type { ApiClient } from './api-client.js';
import { inTurn } from './in-turn.js';
import { MachineWait, type MeasuringServer } from './machine-wait.js';

/**
 * Runs the race experiment and formats its results, a line for each variant. States on standard error that it takes a
 * while, and what it waits for.
 */
export async function race(client: ApiClient, server: MeasuringServer): Promise<string> {
  const say = (line: string) => writeNote(stderr, line);
  say('Race experiment: about ten seconds …');
  // A server of `--url` does not say when an experiment starts.
  const wait = server.kind === 'OWN' ? new MachineWait(server, say) : null;
  try {
    const answer = await inTurn(() => client.request(RunRaceExperimentDocument, {}));
    return format(answer.runRaceExperiment);
  } finally {
    wait?.stop();
  }
}

type Race = RunRaceExperimentMutation['runRaceExperiment'];

function format({ workers, results }: Race): string {
  const lines = results.map((result) => {
    const time = `${figure(result.nanosecondsPerIncrement)} ns`;
    // Within 80 columns.
    return `  ${result.variant.padEnd(14)} ${time.padStart(8)}  ${raceVerdict(result)}`;
  });
  const threads = workers === 1 ? '1 thread adds' : `${workers} threads add`;
  return [`${threads} to one counter; time of one increment, and what was lost:`, ...lines].join('\n');
}
