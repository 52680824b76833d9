import type { Sharp } from 'sharp';
import { AppError } from '../../errors.js';

/**
 * Has libvips stop by itself a little before the time of a picture is over: native code cannot be stopped from outside
 * without the end of its process. It looks at the clock between the parts of a picture that it computes; encoders of its
 * own, AVIF's above all, do not, and are left to whoever waits for the worker.
 */
export class SharpTimeLimit {
  readonly #startedAt = performance.now();

  /** @param limitMs from now on, for all passes together; left out: no limit */
  constructor(private readonly limitMs: number | undefined) {}

  /** Gives a pipeline that is about to run what is left, in the whole seconds that sharp knows; less than one is no limit. */
  apply(pipeline: Sharp): void {
    if (this.limitMs === undefined) return;
    const leftMs = this.limitMs - (performance.now() - this.#startedAt);
    const seconds = Math.max(0, Math.ceil(leftMs / 1_000) - 1);
    pipeline.timeout({ seconds });
  }

  /** What becomes of an error of sharp: the same as of a worker that is late, where the time was over. */
  explain(error: unknown): unknown {
    if (!(error instanceof Error) || !/^timeout: \d+% complete/.test(error.message)) return error;
    const details = { reason: 'TIMEOUT', retryable: true };
    const message = `The picture took longer than ${this.limitMs} ms`;
    return new AppError('PROCESSING_FAILED', message, details, { cause: error });
  }
}
