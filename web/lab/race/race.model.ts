import {
  MIN_OVERLAP_PERCENT,
  RACE_SUMMARIES,
  RACE_VARIANTS,
  type RaceVariant,
} from '../../../src/execution/race.js';

/** Result of one variant of a race experiment, as the API returns it. */
export interface RaceFigures {
  variant: RaceVariant;
  expected: number;
  actual: readonly number[];
  lostPercent: number;
  lostPercentMax: number;
  overlapPercent: number;
  nanosecondsPerIncrement: number;
}

/** What a user expects of an experiment. */
export interface RaceGuess {
  /** Increments that UNSYNCHRONIZED loses, in percent. */
  lostPercent: number;
  /** Variants that lose no increment. */
  safe: readonly RaceVariant[];
}

/** The variants that a user can call safe or unsafe, with what each does. */
export const VARIANT_CHOICES = RACE_VARIANTS.map((variant) => ({
  variant,
  summary: RACE_SUMMARIES[variant],
}));

/** Whether an experiment shows that a variant loses increments; UNPROVEN where its threads hardly overlapped. */
export type Loss = 'LOST' | 'LOST_NOTHING' | 'UNPROVEN';

export function lossOf({ lostPercentMax, overlapPercent }: RaceFigures): Loss {
  if (lostPercentMax > 0) return 'LOST';
  return overlapPercent >= MIN_OVERLAP_PERCENT ? 'LOST_NOTHING' : 'UNPROVEN';
}

/** How a guess about the share compares with the repetitions. */
export type ShareVerdict = 'WITHIN' | 'TOO_LOW' | 'TOO_HIGH' | 'UNPROVEN';

/** A guess is within the measured shares if it is at most this far from the median, in percentage points. */
const TOLERANCE = 5;

export interface GuessVerdict {
  share: ShareVerdict;
  /** Lowest and highest share of a repetition of UNSYNCHRONIZED, in percent. */
  lowest: number;
  highest: number;
  median: number;
  /** Variants about which guess and experiment agree, and those that the experiment decides. */
  agreed: number;
  decided: number;
  variants: readonly {
    variant: RaceVariant;
    guessedSafe: boolean;
    loss: Loss;
    agrees: boolean | undefined;
  }[];
}

/** Compares a guess with the figures of an experiment; undefined if it lacks UNSYNCHRONIZED. */
export function judgeGuess(guess: RaceGuess, results: readonly RaceFigures[]): GuessVerdict | undefined {
  const race = results.find(({ variant }) => variant === 'UNSYNCHRONIZED');
  if (!race) return undefined;
  const shares = race.actual.map((value) => 100 * (1 - value / race.expected));
  const [lowest, highest] = [Math.min(...shares), Math.max(...shares)];
  const variants = results.map((result) => {
    const loss = lossOf(result);
    const guessedSafe = guess.safe.includes(result.variant);
    const agrees = loss === 'UNPROVEN' ? undefined : guessedSafe === (loss === 'LOST_NOTHING');
    return { variant: result.variant, guessedSafe, loss, agrees };
  });
  return {
    share: shareVerdict(guess.lostPercent, race, lowest, highest),
    lowest,
    highest,
    median: race.lostPercent,
    agreed: variants.filter(({ agrees }) => agrees === true).length,
    decided: variants.filter(({ agrees }) => agrees !== undefined).length,
    variants,
  };
}

function shareVerdict(guess: number, race: RaceFigures, lowest: number, highest: number): ShareVerdict {
  if (lossOf(race) === 'UNPROVEN') return 'UNPROVEN';
  if (Math.abs(guess - race.lostPercent) <= TOLERANCE) return 'WITHIN';
  if (guess >= lowest && guess <= highest) return 'WITHIN';
  return guess < race.lostPercent ? 'TOO_LOW' : 'TOO_HIGH';
}

/** A percentage with a decimal where it is small: `0.3 %`, `41 %`. A loss is never rounded to nothing. */
export function percentText(percent: number): string {
  if (percent > 0 && percent < 0.1) return 'below 0.1 %';
  return `${percent > 0 && percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}
