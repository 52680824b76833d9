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

/** What came of one attempt. STOPPED: it was called off. CRASHED: the worker died, which may not be the item's fault. */
export type Outcome =
  | { kind: 'DONE'; result: ComputeResult & { id: string; filename: string } }
  | { kind: 'FAILED' | 'CRASHED'; error: ItemError }
  | { kind: 'STOPPED' };

/** How long a job waits for a server that is busy, or has no room to store, before its items fail of it. */
const PATIENCE_MS = 30_000;
const MAX_PAUSE_MS = 5_000;

/** One job's retryBudget: it runs out after refusals alone, and comes back with the first answer. */
export class BusyRetryBudget {
  #refusedSince: number | undefined;

  answered(): void {
    this.#refusedSince = undefined;
  }

  /** Milliseconds after which to ask again; undefined for what is an answer, and when retryBudget has run out. */
  pauseAfter(error: unknown): number | undefined {
    if (!(error instanceof AppError) || error.code !== 'SERVER_BUSY') {
      this.answered();
      return undefined;
    }
    this.#refusedSince ??= performance.now();
    if (performance.now() - this.#refusedSince > PATIENCE_MS) return undefined;
    return Math.min(Number(error.details.retryAfterMs ?? MAX_PAUSE_MS), MAX_PAUSE_MS);
  }
}

/** Has one picture computed. Whatever does not succeed leaves no file. */
export async function attemptItem(
  deps: AttemptDependencies,
  job: JobFacts,
  source: NonNullable<StartedItem['source']>,
  retryBudget: BusyRetryBudget,
  signal: AbortSignal,
): Promise<Outcome> {
  const { engine, operations, pool, ownerId: owner } = job;
  const id = randomUUID();
  const request = { sourceKey: source.storageKey, resultKey: imageKey(id), engine, operations, pool, owner };
  for (;;) {
    try {
      const result = await deps.compute.process(request, { signal });
      retryBudget.answered();
      return { kind: 'DONE', result: { ...result, id, filename: source.filename } };
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
