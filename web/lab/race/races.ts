import { AppError } from '../../../src/errors.js';
import { recordRecipe } from '../../recipes/recent-recipes.js';
import { ask } from '../../session/session.js';
import {
  type RaceExperimentInput,
  type RaceRowFragment,
  RacesDocument,
  RacesWithReadingsDocument,
  type RacesWithReadingsQuery,
  RunRaceDocument,
} from '../generated/graphql.js';
import { raceRecipe } from '../lab-recipes.model.js';

/** An experiment with the readings of its counters. */
export type Race = RacesWithReadingsQuery['raceExperiments'][number];

/** Experiments that the server keeps for a user, and the most of one answer. */
const KEPT = 100;
/** Repetitions long enough for readings every few ms; the whole experiment takes seconds on an idle machine. */
export const RACE_WITH_READINGS: RaceExperimentInput = { minimumMs: 30 };

/** The user's experiments, newest first. @throws AppError */
export async function loadRaces(): Promise<readonly RaceRowFragment[]> {
  return (await ask(RacesDocument, { first: KEPT })).raceExperiments;
}

/** Id of the newest experiment; undefined before the first. @throws AppError */
export async function newestRace(): Promise<string | undefined> {
  return (await ask(RacesDocument, { first: 1 })).raceExperiments[0]?.id;
}

/** An experiment with its readings. @throws AppError NOT_FOUND */
export async function loadRace(id: string): Promise<Race> {
  const position = (await loadRaces()).findIndex((race) => race.id === id);
  // The readings are large, so that only the experiments up to the wanted one are loaded.
  const first = Math.min(KEPT, position + 2);
  const races = position < 0 ? [] : (await ask(RacesWithReadingsDocument, { first })).raceExperiments;
  const race = races.find((each) => each.id === id);
  if (!race) throw new AppError('NOT_FOUND', 'This account has no race experiment with this id.');
  return race;
}

/** Runs an experiment and returns its id. The server stores it also where the answer is lost. @throws AppError */
export async function runRace(input: RaceExperimentInput): Promise<string> {
  const { runRaceExperiment } = await ask(RunRaceDocument, { input });
  recordRecipe(raceRecipe(input));
  return runRaceExperiment.id;
}
