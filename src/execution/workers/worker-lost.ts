import { AppError } from '../../errors.js';

/** Why a worker, or the host of the workers, was lost. */
export type LossReason = 'WORKER_EXITED' | 'OUT_OF_MEMORY' | 'TIMEOUT' | 'HOST_EXITED';

/** The error of a task whose worker was lost: not the task's own verdict, so it is worth trying again. */
export function workerLost(reason: LossReason, message: string): AppError {
  return new AppError('PROCESSING_FAILED', message, { reason, retryable: true });
}

/** The error of a task that somebody called off. */
export function cancelled(message = 'The work was cancelled'): AppError {
  return new AppError('CANCELLED', message);
}
