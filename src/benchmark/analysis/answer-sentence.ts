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
