import { lossOf, percentText, type RaceFigures } from '../../race/race.model.js';
import { QUIETER } from '../doubt.model.js';
import type { Fact } from '../figures.model.js';
import { type Answer, lesson, notParallelText } from '../lesson.model.js';
import { ATOMIC, INCREMENT, LOCK, THREAD } from './terms.model.js';

/** Lost increments, in percent, from which many are lost. */
const MANY = 10;
/** Repetitions long enough to overlap, and a whole experiment well within half a minute on a busy machine. */
const INPUT = { minimumMs: 10, repetitions: 5 };

type Choice = 'NONE' | 'SOME' | 'MANY';

export const RACE = lesson<Choice>({
  title: 'Free threads, lost increments',
  summary: 'What happens to a shared number when no lock protects it.',
  terms: [THREAD, INCREMENT, LOCK, ATOMIC],
  question: () => [
    'Several threads add 1 to the same number, each of them many times, all at the same time, and without a lock. With 4 threads that add a million times each, the number should be four million in the end.',
    'What share of the increments is missing in the end?',
  ],
  choices: () => ({
    NONE: 'None: the number is exact',
    SOME: `Some, but less than ${MANY} %`,
    MANY: `${MANY} % or more`,
  }),
  experiment: { kind: 'RACE', input: INPUT, answer },
  limits: notParallelText,
  explanations: {
    NONE: [
      'In this run no thread stored its number between the load and the store of another thread, so that nothing was lost.',
      'The program is still wrong: nothing prevents it, and the next run can lose increments.',
    ],
    SOME: [
      'Two threads load the same number, both add 1, and both store the same result: one of the two increments is lost.',
      'An atomic increment, a lock, or a number for each thread loses none; the table shows what each costs.',
    ],
    MANY: [
      'Two threads load the same number, both add 1, and both store the same result: one of the two increments is lost.',
      'An atomic increment, a lock, or a number for each thread loses none; the table shows what each costs.',
    ],
  },
  expected:
    'some or many are missing, because two threads can load the same number before either has stored its result; how often that happens depends on how the threads meet.',
  next: [
    { label: 'Can processes, which share nothing, do better?', lesson: 'processes' },
    { label: 'Watch the counters of all variants', path: '/lab/race' },
  ],
});

function answer(results: readonly RaceFigures[]): Answer<Choice> {
  const plain = results.find(({ variant }) => variant === 'UNSYNCHRONIZED');
  // The table has the figures of every variant.
  const facts: readonly Fact[] = [];
  if (!plain) return { choices: [], measured: 'The race was not measured.', facts };
  const shares = plain.actual.map((value) => 100 * (1 - value / plain.expected));
  const [least, most] = [Math.min(...shares), Math.max(...shares)];
  const measured = `Without a lock, ${percentText(least)} to ${percentText(most)} of the increments were lost; the threads ran at the same time for ${Math.round(plain.overlapPercent)} % of it.`;
  return { choices: choicesOf(plain, least, most), measured, facts };
}

/** Why an experiment decides nothing. */
export function raceDoubt(results: readonly RaceFigures[]): string {
  const plain = results.find(({ variant }) => variant === 'UNSYNCHRONIZED');
  if (!plain || lossOf(plain) === 'UNPROVEN')
    return `This computer was too busy to show it: the threads hardly ran at the same time. ${QUIETER}`;
  return `The repetitions differ so much that they give two answers: some lost less than ${MANY} %, others more. ${QUIETER}`;
}

function choicesOf(plain: RaceFigures, least: number, most: number): readonly Choice[] {
  const loss = lossOf(plain);
  switch (loss) {
    case 'UNPROVEN':
      return [];
    case 'LOST_NOTHING':
      return ['NONE'];
    case 'LOST':
      if (least >= MANY) return ['MANY'];
      return most < MANY ? ['SOME'] : [];
    default:
      return loss satisfies never;
  }
}
