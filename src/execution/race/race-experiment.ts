import { askChild } from '../child/ask-child.js';
import { checkRaceInput, type RaceExperiment, type RaceInput } from '../race.js';

const RACE_HOST = new URL('./race-host-entry.js', import.meta.url);

export interface RaceOptions {
  /** Aborting ends the experiment, which fails with CANCELLED. */
  signal?: AbortSignal;
  /** Milliseconds that it may take; default: 300,000. */
  timeoutMs?: number;
}

/**
 * Has threads add to one shared counter, all started at once, in three ways. Runs in a fresh process, so that
 * neither this one's heap and compiled code get into the figures nor its event loop is held up.
 *
 * @throws AppError BAD_USER_INPUT for input out of bounds; CANCELLED; PROCESSING_FAILED with `reason` TIMEOUT or
 * HOST_EXITED
 */
export async function runRaceExperiment(
  input: RaceInput,
  { signal, timeoutMs = 300_000 }: RaceOptions = {},
): Promise<RaceExperiment> {
  checkRaceInput(input);
  return askChild(RACE_HOST, input, { name: 'race experiment', signal, timeoutMs });
}
