import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ItemError } from '../../../entities/job-item.entity.js';
import { AppError, isOperational, toErrorData } from '../../../errors.js';
import type { Compute, ComputeResult } from '../../../execution/compute.js';
import { type DiscardDependencies, discardFiles } from '../../images/discard-files.js';
import { imageKey } from '../../images/image-key.js';
import type { JobFacts, StartedItem } from './job-chunk.js';

export interface AttemptDependencies extends DiscardDependencies {
  compute: Compute;
}

/** Result of one attempt. STOPPED: cancelled or shut down. CRASHED: the worker died, which may not be the item's fault. */
export type Outcome =
  | { kind: 'DONE'; result: ComputeResult & { id: string; filename: string } }
  | { kind: 'FAILED' | 'CRASHED'; error: ItemError }
  | { kind: 'STOPPED' };

/** Time for which SERVER_BUSY (a full queue, a full disk) is retried before items fail with it. */
const BUSY_BUDGET_MS = 30_000;
const MAX_PAUSE_MS = 5_000;

/** The retry budget of one job for SERVER_BUSY; used up by consecutive refusals, reset by any other answer. */
export class BusyRetryBudget {
  #refusedSince: number | undefined;

  answered(): void {
    this.#refusedSince = undefined;
  }

  /** Returns the milliseconds to wait before a retry; undefined for any other error, and when the budget is used up. */
  pauseAfter(error: unknown): number | undefined {
    if (!(error instanceof AppError) || error.code !== 'SERVER_BUSY') {
      this.answered();
      return undefined;
    }
    this.#refusedSince ??= performance.now();
    if (performance.now() - this.#refusedSince > BUSY_BUDGET_MS) return undefined;
    return Math.min(Number(error.details.retryAfterMs ?? MAX_PAUSE_MS), MAX_PAUSE_MS);
  }
}

/** Computes one image. Any outcome but DONE leaves no file. */
export async function attemptItem(
  deps: AttemptDependencies,
  job: JobFacts,
  source: NonNullable<StartedItem['source']>,
  retryBudget: BusyRetryBudget,
  signal: AbortSignal,
): Promise<Outcome> {
  const { engine, operations, pool, ownerId: owner } = job;
  const id = randomUUID();
  const { storageKey: sourceKey, focalPoint, filename, format, width, height, frames } = source;
  const resultKey = imageKey(id);
  const request = {
    ...{ sourceKey, source: { format, width, height, frames }, resultKey },
    ...{ engine, operations, focalPoint, pool, owner },
  };
  for (;;) {
    try {
      const result = await deps.compute.process(request, { signal });
      retryBudget.answered();
      return { kind: 'DONE', result: { ...result, id, filename } };
    } catch (error) {
      await discardFiles(deps, [id]);
      const pause = retryBudget.pauseAfter(error);
      if (pause !== undefined) await delay(pause, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return { kind: 'STOPPED' };
      if (pause === undefined) return failure(error, deps);
    }
  }
}

function failure(error: unknown, { onError }: AttemptDependencies): Outcome {
  const { code, message } = toErrorData(error);
  if (code === 'INTERNAL_SERVER_ERROR' || (error instanceof AppError && isOperational(error))) onError(error);
  if (code === 'NOT_FOUND') return { kind: 'FAILED', error: SOURCE_DELETED };
  const retryable = error instanceof AppError && error.details.retryable === true;
  return { kind: retryable ? 'CRASHED' : 'FAILED', error: { code, message } };
}

export const SOURCE_DELETED: ItemError = { code: 'NOT_FOUND', message: 'The image has been deleted' };
