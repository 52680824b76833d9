import { RACE_VARIANTS } from '../../../src/execution/race.js';
import type { RaceGuess } from './race.model.js';

/** State of the race page in its address, so that a reload, back and a shared link keep it. */
export interface RaceAddress {
  /** What the user expects; undefined before the guess. */
  guess: RaceGuess | undefined;
  /** Id of the experiment that is shown. */
  id: string | undefined;
  /** While an experiment runs: id of the newest one before it, or {@link NO_EXPERIMENT}. */
  after: string | undefined;
}

/** Stands for the experiment before the first. */
export const NO_EXPERIMENT = 'none';

/** Reads the parameters of an address; a malformed guess is no guess. */
export function readRaceAddress(query: Readonly<Record<string, string>>): RaceAddress {
  return { guess: readGuess(query), id: query.id || undefined, after: query.after || undefined };
}

function readGuess({ lost, safe }: Readonly<Record<string, string>>): RaceGuess | undefined {
  if (lost === undefined || !/^\d{1,3}$/.test(lost) || Number(lost) > 100) return undefined;
  const names = (safe ?? '').split('.');
  return { lostPercent: Number(lost), safe: RACE_VARIANTS.filter((variant) => names.includes(variant)) };
}

/** Writes the parameters, with the question mark; empty for the page without any. */
export function writeRaceAddress({ guess, id, after }: RaceAddress): string {
  const query = new URLSearchParams();
  if (guess) {
    query.set('lost', String(guess.lostPercent));
    query.set('safe', guess.safe.join('.'));
  }
  if (id) query.set('id', id);
  else if (after) query.set('after', after);
  const text = query.toString();
  return text && `?${text}`;
}

/**
 * The experiment that was started after another one: the oldest that is newer; undefined while there is none.
 *
 * @param ids newest first
 * @param after id of the newest experiment before the start, or {@link NO_EXPERIMENT}
 */
export function startedAfter(ids: readonly string[], after: string): string | undefined {
  return after === NO_EXPERIMENT ? ids.at(-1) : ids[ids.indexOf(after) - 1];
}
