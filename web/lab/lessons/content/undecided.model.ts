/** Two sentences about a run whose figures decide nothing. */
export const NOT_DECIDED = [
  'This run does not decide the question: the 95 % intervals of the times are too wide, or a figure is missing.',
  'Stop other programs on this computer and run it again.',
] as const;
