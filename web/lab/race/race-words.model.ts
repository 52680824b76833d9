import type { Table } from '../../../src/benchmark/export/tables/table.js';
import { RACE_SUMMARIES, raceVerdict } from '../../../src/execution/race.js';
import {
  type GuessVerdict,
  type Loss,
  lossOf,
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
  const overlap = `while the threads ran at the same time for ${Math.round(overlapPercent)} % of it`;
  const lost = `${percentText(lostPercent)} of its increments in the median and ${percentText(lostPercentMax)} at most`;
  return `Without synchronisation, the counter lost ${lost}, ${overlap}.`;
}

const LOSS_WORDS: Record<Loss, string> = {
  LOST: 'loses some',
  LOST_NOTHING: 'loses none',
  UNPROVEN: 'not proven: too little overlap',
};

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
      'Overlap of the threads',
      'Per increment',
      'Verdict',
      ...(guess ? ['Your guess'] : []),
    ],
    rows: results.map((result) => [
      result.variant,
      RACE_SUMMARIES[result.variant],
      percentText(result.lostPercent),
      percentText(result.lostPercentMax),
      `${Math.round(result.overlapPercent)} %`,
      `${Number(result.nanosecondsPerIncrement.toPrecision(3))} ns`,
      LOSS_WORDS[lossOf(result)],
      ...(guess ? [guess.safe.includes(result.variant) ? 'loses none' : 'loses some'] : []),
    ]),
    words: true,
  };
}
