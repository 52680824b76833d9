import { AppError, toErrorData } from '../../errors.js';
import type { TaskReport } from './run-task.js';

/** Error of a result that cannot leave its thread. `why` names the value. */
export const notCloneable = (why: string): AppError =>
  new AppError(
    'PROCESSING_FAILED',
    `it returned a value that cannot be copied to another thread or process: ${why}`,
  );

/** The report of a task whose result could not be sent; rethrows any other error. */
export function uncloneable(error: unknown): TaskReport {
  // threads.js and process.send keep the name of a DataCloneError; v8 throws a plain Error with this text.
  if (
    !(error instanceof Error) ||
    !(error.name === 'DataCloneError' || /could not be cloned/.test(error.message))
  )
    throw error;
  return { status: 'FAILED', error: toErrorData(notCloneable(error.message.split('\n', 1)[0] ?? '')) };
}
