import type { Table } from '../../../src/benchmark/export/tables/table.js';
import { RACE_SUMMARIES, raceVerdict } from '../../../src/execution/race.js';
import {
  type GuessVerdict,
  percentText,
  type RaceFigures,
  type RaceGuess,
  type ShareVerdict,
} from './race.model.js';

/** What an experiment shows, in one sentence. */
export function headline(results: readonly RaceFigures[]): string {
  const race = results.find(({ variant }) => variant === 'UNSYNCHRONIZED');
  if (!race) return 'This experiment has no counter without synchronisation.';
  const { lostPercent, lostPercentMax, overlapPercent } = race;
  if (lostPercentMax === 0) return `Without synchronisation, the counter ${raceVerdict(race)}.`;
  const overlap = `while the threads overlapped for ${Math.round(overlapPercent)} % of the time`;
  return `Without synchronisation, the counter lost ${percentText(lostPercent)} of its increments, ${overlap}.`;
}

const SHARE_WORDS: Record<ShareVerdict, string> = {
  WITHIN: 'Your guess is within that, or close to the median.',
  TOO_LOW: 'It lost more than you guessed.',
  TOO_HIGH: 'It lost less than you guessed.',
  UNPROVEN: 'The threads hardly overlapped, so this experiment does not decide it.',
};

/** Compares a guess with the experiment, in sentences. */
export function guessWords(guess: RaceGuess, verdict: GuessVerdict): readonly string[] {
  const { share, lowest, highest, median, agreed, decided, variants } = verdict;
  const range = `${percentText(lowest)} to ${percentText(highest)}`;
  const undecided = variants.length - decided;
  return [
    `You guessed ${guess.lostPercent} %; the repetitions lost ${range}, ${percentText(median)} in the median. ${SHARE_WORDS[share]}`,
    `Which variants lose none: you were right about ${agreed} of ${decided}${undecided > 0 ? `; ${undecided} not decided` : ''}.`,
  ];
}

/** The figures of all variants. */
export function raceTable(results: readonly RaceFigures[], guess: RaceGuess | undefined): Table {
  return {
    caption: 'Every variant: what was lost, and what an increment costs',
    head: [
      'Variant',
      'How a thread adds',
      'Lost, median',
      'Lost, maximum',
      'Per increment',
      'Verdict',
      ...(guess ? ['Your guess'] : []),
    ],
    rows: results.map((result) => [
      result.variant,
      RACE_SUMMARIES[result.variant],
      percentText(result.lostPercent),
      percentText(result.lostPercentMax),
      `${Number(result.nanosecondsPerIncrement.toPrecision(3))} ns`,
      raceVerdict(result),
      ...(guess ? [guess.safe.includes(result.variant) ? 'loses none' : 'loses some'] : []),
    ]),
    words: true,
  };
}
