import { AppError } from '../../errors.js';

/** Reason for the loss of a worker or of the host that owns the workers. */
export type LossReason = 'WORKER_EXITED' | 'OUT_OF_MEMORY' | 'TIMEOUT' | 'HOST_EXITED';

/** Error of a task whose worker was lost; retryable, because the task itself did not fail. */
export function workerLost(reason: LossReason, message: string): AppError {
  return new AppError('PROCESSING_FAILED', message, { reason, retryable: true });
}

/** Error of a cancelled task. */
export function cancelled(message = 'The work was cancelled'): AppError {
  return new AppError('CANCELLED', message);
}
