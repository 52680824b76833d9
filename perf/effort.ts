/** How much a program measures, by its argument `rounds`. */
export interface Effort {
  rounds: number;
  /** Rounds before them that do not count. */
  warmUps: number;
  /** Whether it measures fewer settings on smaller batches: a look in about two minutes, not a figure to publish. */
  isBrief: boolean;
  /** Sentence about the effort for the head of the output. */
  words: string;
}

/** Fewest rounds whose medians and spreads mean something. */
const FEWEST = 3;

/** Reads the rounds from the command line; with one or two, the measurement is brief. */
export function effortOf(usual: number, mostWarmUps: number, argument = process.argv[2]): Effort {
  const rounds = Number(argument ?? usual);
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('rounds: must be a whole number from 1');
  const isBrief = rounds < FEWEST;
  const warmUps = isBrief ? Math.min(1, mostWarmUps) : mostWarmUps;
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  const words = `${count(rounds, 'round')} after ${count(warmUps, 'warm-up')}${isBrief ? '; brief: fewer settings, smaller batches' : ''}`;
  return { rounds, warmUps, isBrief, words };
}
