import type { ErrorCode } from '../errors.js';

/** How a command ends: one code for one kind of outcome. */
export const EXIT = {
  DONE: 0,
  /** It could not be done, or a regression was found. */
  FAILED: 1,
  /** The options, or a value of them, are wrong. */
  USAGE: 2,
  /** A baseline that cannot be compared with. */
  NOT_COMPARABLE: 3,
  /** Ctrl-C. */
  CANCELLED: 130,
} as const;

/** Errors that other options would avoid. */
const USAGE_ERRORS: readonly ErrorCode[] = ['BAD_USER_INPUT', 'LIMIT_EXCEEDED'];

export const exitCodeOf = (code: ErrorCode): number =>
  USAGE_ERRORS.includes(code) ? EXIT.USAGE : EXIT.FAILED;
