import type { ErrorData } from '../../errors.js';
import type { ImageDescription } from '../../imaging/describe-image.js';
import type { ImageInfo } from '../../imaging/engine-info.js';
import type { ImagingLimits } from '../../imaging/limits.js';
import type { ComputeRequest, ComputeResult, HostUsage } from '../compute.js';
import type { WorkerPool } from '../model.js';

/** Settings of a compute host, sent at its start. */
export interface HostSettings {
  storageUrl: string;
  /** Images processed at the same time that fill a processor each. */
  workers: number;
  /** Images processed at the same time that leave a processor idle now and then; at least `workers`. */
  imagesInFlight: number;
  /** Pool of requests that name none. */
  pool: WorkerPool;
  /** Time limit of one image, in milliseconds. */
  taskTimeoutMs: number;
  imagingLimits: ImagingLimits;
  /** Resident memory in MiB at which the host is replaced; each worker process may use an equal share of it. */
  hostMemoryMb: number;
  /** JavaScript heap limit of one worker in MiB. */
  workerMemoryMb: number;
  /** Nice value, 0 to 19. */
  niceness: number;
  /** URL of a task module to use instead of `run-task`, for tests. */
  taskModule?: string;
}

export type HostCall =
  | { kind: 'PROCESS'; request: ComputeRequest }
  | { kind: 'INSPECT'; key: string; owner: string }
  | { kind: 'DESCRIBE'; key: string; owner: string };

export type HostAnswer = ComputeResult | ImageInfo | ImageDescription;

/** Messages from the API process to the host; small, because image bytes go through storage. */
export type ToHost =
  | { type: 'START'; settings: HostSettings }
  | { type: 'CALL'; id: number; call: HostCall }
  | { type: 'CANCEL'; id: number }
  | { type: 'PING' }
  | { type: 'CLOSE' };

/** Messages from the host to the API process. */
export type FromHost =
  | { type: 'READY' }
  /** A worker has started the call. */
  | { type: 'STARTED'; id: number }
  /** The result is being stored; the call can no longer be cancelled. */
  | { type: 'STORING'; id: number }
  | { type: 'DONE'; id: number; answer: HostAnswer }
  | { type: 'FAILED'; id: number; error: ErrorData }
  | { type: 'PONG'; usage: HostUsage }
  /**
   * The host is about to end itself. STUCK: native code still runs for a call that has already been answered, so the
   * current calls did not cause it. OUT_OF_MEMORY: one of the current calls caused it.
   */
  | { type: 'LEAVING'; reason: 'STUCK' | 'OUT_OF_MEMORY' };
