import type { ImagingLimits } from '../imaging/limits.js';
import type { Operation } from '../imaging/operation.js';
import type { Cell } from './cell.js';
import type { TracedMeasurement } from './sample.js';

/** The work of the tasks of a benchmark. */
export type BenchmarkWork =
  | { workload: 'FIBONACCI'; n: number }
  | {
      workload: 'TASK';
      /** Name given by the user. */
      name: string;
      /** URL of a task module. */
      module: string;
      /** Time limit of one task. Default: 60,000. */
      timeoutMs?: number;
      /** Memory of the host and its children. Default: half of the machine's, at most three quarters of a V8 heap. */
      memoryBytes?: number;
    }
  | {
      workload: 'IMAGE';
      /** Encoded images on the disk, used in turn; with a sweep over IMAGE_EDGE, a list for each value. */
      sourcePaths: readonly string[] | Readonly<Record<string, readonly string[]>>;
      operations: readonly Operation[];
      limits: ImagingLimits;
    };

/** Takes about as long as the standard pipeline takes for one image with a native engine. */
export const FIBONACCI_N = 32;

/** Measures one sample at a time, each in a fresh process. */
export interface SampleRunner {
  /**
   * @throws AppError CANCELLED within two seconds of an abort, when every process of the sample has ended; the error
   * of a task that failed; PROCESSING_FAILED with `retryable: true` when a process was lost.
   */
  measure(cell: Cell, options?: { signal?: AbortSignal }): Promise<TracedMeasurement>;
}
