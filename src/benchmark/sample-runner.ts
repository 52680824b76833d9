import type { ImagingLimits } from '../imaging/limits.js';
import type { Operation } from '../imaging/operation.js';
import type { Cell } from './cell.js';
import type { Measurement } from './sample.js';

/** What the tasks of a benchmark do. */
export type BenchmarkWork =
  | { workload: 'FIBONACCI'; n: number }
  | {
      workload: 'IMAGE';
      /** Encoded images on the disk, taken in turn. */
      sourcePaths: readonly string[];
      operations: readonly Operation[];
      limits: ImagingLimits;
    };

/** About as long as the standard pipeline takes for one image with a native engine. */
export const FIBONACCI_N = 32;

/** Measures one sample at a time, each as if it were the first. */
export interface SampleRunner {
  /**
   * @throws AppError CANCELLED within two seconds of an abort, when nothing of the sample runs any more; a task's
   * own error when a task failed; PROCESSING_FAILED with `retryable: true` when a process was lost.
   */
  measure(cell: Cell, options?: { signal?: AbortSignal }): Promise<Measurement>;
}
