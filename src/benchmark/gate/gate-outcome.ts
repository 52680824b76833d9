/** ACCEPTED and REGRESSION: every cell was compared; NOT_COMPARABLE: not every cell could be. */
export type GateOutcome = 'ACCEPTED' | 'REGRESSION' | 'NOT_COMPARABLE';

/** The exit code of the command for each outcome. */
export const GATE_EXIT = {
  ACCEPTED: 0,
  REGRESSION: 1,
  NOT_COMPARABLE: 3,
} as const satisfies Readonly<Record<GateOutcome, number>>;
