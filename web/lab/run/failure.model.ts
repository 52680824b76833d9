/** What a user can do about a run that has failed, by the code of its error. */
import type { ErrorCode } from '../../../src/errors.js';

const OTHER_IMAGES = 'Select other images, and start a new run.';
const OTHER_PLAN = 'Change the plan, and start a new run.';
const AGAIN = 'Run it again.';

const ADVICE: Readonly<Record<ErrorCode, string>> = {
  UNAUTHENTICATED: AGAIN,
  FORBIDDEN: OTHER_IMAGES,
  NOT_FOUND: `An image or a task of this run has been deleted. ${OTHER_PLAN}`,
  BAD_USER_INPUT: OTHER_PLAN,
  CONFLICT: AGAIN,
  UNSUPPORTED_MEDIA: `An image cannot be read. ${OTHER_IMAGES}`,
  PAYLOAD_TOO_LARGE: `An image is too large. ${OTHER_IMAGES}`,
  LIMIT_EXCEEDED: 'Start a new run with fewer workers, or with fewer or smaller images.',
  SERVER_BUSY:
    'The server lacks something that may be back soon, such as disk space. Run it again in a few minutes; its operator finds the cause in the log.',
  RATE_LIMITED: 'Run it again in a few minutes.',
  PROCESSING_FAILED:
    'A task failed, or a process ended before its task, mostly for lack of memory. Run it again; if it fails again, start a new run with fewer workers or smaller images, and correct a task of your own.',
  CANCELLED: AGAIN,
  INTERNAL_SERVER_ERROR:
    'This is a fault of the server. Run it again; if it fails again, its operator finds the cause in the log.',
};

/** Why a run failed, and what would help. */
export function failureText({ code, message }: { code: string; message: string }): string {
  const advice = Object.hasOwn(ADVICE, code) ? ADVICE[code as ErrorCode] : AGAIN;
  return `${message.replace(/\.?$/, '.')} ${advice}`;
}
