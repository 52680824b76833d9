import { GATE_EXIT } from '../benchmark/gate/gate-outcome.js';
import type { ErrorCode } from '../errors.js';

/** How a command ends: one code for one kind of outcome. */
export const EXIT = {
  DONE: GATE_EXIT.ACCEPTED,
  /** It could not be done, or a regression was found. */
  FAILED: GATE_EXIT.REGRESSION,
  /** The options, or a value of them, are wrong. */
  USAGE: 2,
  /** A baseline that cannot be compared with. */
  NOT_COMPARABLE: GATE_EXIT.NOT_COMPARABLE,
  /** Ctrl-C. */
  CANCELLED: 130,
} as const;

/** Errors that other options would avoid. */
const USAGE_ERRORS: readonly ErrorCode[] = ['BAD_USER_INPUT', 'LIMIT_EXCEEDED'];

export const exitCodeOf = (code: ErrorCode): number =>
  USAGE_ERRORS.includes(code) ? EXIT.USAGE : EXIT.FAILED;
