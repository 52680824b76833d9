import type { Sharp } from 'sharp';
import { AppError } from '../../../errors.js';

/**
 * Makes libvips stop by itself shortly before the time limit of an image: native code can only be stopped from outside by
 * ending its process. libvips checks the time between the parts of an image; encoders, above all AVIF's, do not check it
 * and are stopped by the worker's supervisor.
 */
export class SharpTimeLimit {
  readonly #startedAt = performance.now();

  /** @param limitMs from now on, for all passes together (default: no limit) */
  constructor(private readonly limitMs: number | undefined) {}

  /**
   * Sets the remaining time of a pipeline, in whole seconds as sharp requires: at least one, because zero is no limit.
   *
   * @throws AppError PROCESSING_FAILED with reason TIMEOUT if no time is left
   */
  apply(pipeline: Sharp): void {
    if (this.limitMs === undefined) return;
    const leftMs = this.limitMs - (performance.now() - this.#startedAt);
    if (leftMs <= 0) throw this.#timeout();
    pipeline.timeout({ seconds: Math.max(1, Math.ceil(leftMs / 1_000) - 1) });
  }

  /** Converts an error of sharp: to TIMEOUT if the time limit was exceeded. */
  explain(error: unknown): unknown {
    if (!(error instanceof Error) || !/^timeout: \d+% complete/.test(error.message)) return error;
    return this.#timeout(error);
  }

  #timeout(cause?: unknown): AppError {
    const details = { reason: 'TIMEOUT', retryable: true };
    const message = `The image took longer than ${this.limitMs} ms`;
    return new AppError('PROCESSING_FAILED', message, details, { cause });
  }
}
