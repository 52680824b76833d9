import type { ErrorData } from '../../errors.js';
import type { EngineInfo, ImageInfo } from '../../imaging/engine-info.js';
import type { ImagingLimits } from '../../imaging/limits.js';
import type { ComputeRequest, ComputeResult, HostUsage } from '../compute.js';
import type { WorkerPool } from '../model.js';

/** What a compute host is told when it starts. */
export interface HostSettings {
  storageUrl: string;
  /** Pictures computed at the same time. */
  workers: number;
  /** The pool for requests that name none. */
  pool: WorkerPool;
  /** Milliseconds that one picture may take. */
  taskTimeoutMs: number;
  imagingLimits: ImagingLimits;
  /** Resident memory in MiB at which the host is replaced; of its worker processes each has an equal share. */
  hostMemoryMb: number;
  /** JavaScript heap of one worker in MiB. */
  workerMemoryMb: number;
  /** Nice value, 0 to 19: how much the host stands back for the API. */
  niceness: number;
  /** Address of the module that workers run instead of `run-task`: for tests. */
  taskModule?: string;
}

export type HostCall =
  | { kind: 'PROCESS'; request: ComputeRequest }
  | { kind: 'INSPECT'; key: string; owner: string }
  | { kind: 'ENGINES' };

export type HostAnswer = ComputeResult | ImageInfo | EngineInfo[];

/** From the API process to the host; small, as bytes go through storage. */
export type ToHost =
  | { type: 'START'; settings: HostSettings }
  | { type: 'CALL'; id: number; call: HostCall }
  | { type: 'CANCEL'; id: number }
  | { type: 'PING' }
  | { type: 'CLOSE' };

/** From the host to the API process. */
export type FromHost =
  | { type: 'READY' }
  /** A worker has the call now. */
  | { type: 'STARTED'; id: number }
  /** It is computed and being stored, and cannot be called off any more. */
  | { type: 'STORING'; id: number }
  | { type: 'DONE'; id: number; answer: HostAnswer }
  | { type: 'FAILED'; id: number; error: ErrorData }
  | { type: 'PONG'; usage: HostUsage }
  /**
   * The host is about to end itself: STUCK, as native code goes on for a call that is answered already, so that the
   * calls it has now are not to blame; OUT_OF_MEMORY, which one of them is.
   */
  | { type: 'LEAVING'; reason: 'STUCK' | 'OUT_OF_MEMORY' };
