import { askChild } from '../child/ask-child.js';
import { checkRaceInput, type RaceExperiment, type RaceInput } from '../race.js';

const RACE_HOST = new URL('./race-host-entry.js', import.meta.url);

export interface RaceOptions {
  /** Aborting ends the experiment, which fails with CANCELLED. */
  signal?: AbortSignal;
  /** Milliseconds that it may take; default: 300,000. */
  timeoutMs?: number;
  /** Nice value of its threads; default: 0. */
  niceness?: number;
}

/**
 * Runs the race experiment: threads, all started at once, add to a counter in every variant. It runs in a fresh
 * process, so that the heap and the compiled code of this process do not influence the figures.
 *
 * @throws AppError BAD_USER_INPUT for input out of bounds; CANCELLED; PROCESSING_FAILED with `reason` TIMEOUT or
 * HOST_EXITED
 */
export async function runRaceExperiment(
  input: RaceInput,
  { signal, timeoutMs = 300_000, niceness }: RaceOptions = {},
): Promise<RaceExperiment> {
  checkRaceInput(input);
  return askChild(RACE_HOST, input, { name: 'race experiment', signal, timeoutMs, niceness });
}
