import type { BenchmarkCell } from './cell-summary.js';

/** Says why there is no recommendation. */
export function missingAnswer(cells: readonly Pick<BenchmarkCell, 'warnings'>[]): string {
  const isVoid = cells.length > 0 && cells.every(({ warnings }) => warnings.includes('OUTPUT_MISMATCH'));
  return isVoid
    ? 'No answer: equal work gave different results, so that every cell is void.'
    : 'No answer: too little was measured.';
}

/** The parts of a recommendation's reason: what to take, and the figures behind it. */
export interface AnswerParts {
  /** The first sentence. */
  answer: string;
  explanation: string;
}

/** Splits a reason after its first sentence: a full stop, question mark or exclamation mark before a capital letter. */
export function answerParts(reason: string): AnswerParts {
  const [answer = '', ...rest] = reason.split(/(?<=[.!?]) (?=[A-Z])/);
  return { answer, explanation: rest.join(' ') };
}
