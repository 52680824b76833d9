/**
 * The two sentences about a run whose figures decide nothing.
 *
 * @param mechanism what decides the question, true on every machine; begins with a small letter and ends with a full stop
 */
export const notDecided = (mechanism: string): readonly [string, string] => [
  'This run does not decide the question, because the 95 % intervals of the times are too wide, or a figure is missing: stop other programs on the computer of the server and run it again.',
  `What decides it: ${mechanism}`,
];
