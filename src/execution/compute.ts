import type { EngineInfo, ImageInfo } from '../imaging/engine-info.js';
import type { ImageEngineName, Operation } from '../imaging/operation.js';
import type { WorkerPool } from './model.js';

/** One image to process: from a stored source to a stored result. */
export interface ComputeRequest {
  sourceKey: string;
  /** Where the result is written: complete and on the disk before the call resolves, or not at all. */
  resultKey: string;
  engine: ImageEngineName;
  operations: readonly Operation[];
  /** Left out: the pool that the server is set to. */
  pool?: WorkerPool;
  /** Who asked. Waiting calls of different owners take turns, so that nobody's thousand hold up another's one. */
  owner: string;
}

/** The stored result. */
export interface ComputeResult extends ImageInfo {
  byteSize: number;
  /** Milliseconds in the engine, decode to encode. */
  durationMs: number;
}

export interface ComputeOptions {
  /**
   * Aborting really stops the CPU work, and the call fails with CANCELLED within two seconds. What has been computed
   * when the signal comes, and is being stored, succeeds.
   */
  signal?: AbortSignal;
  /** Aborting calls off what no worker has begun. What computes goes on: stopping it costs more than most pictures do. */
  unwanted?: AbortSignal | undefined;
}

/** How busy a pool is. */
export interface PoolStats {
  /** Pictures that a worker has begun, up to and with the storing of the result. */
  running: number;
  /** Pictures that wait for a worker. */
  waiting: number;
  /** Pictures that can be computed at the same time. */
  workers: number;
}

/**
 * The compute host as the API sees it.
 *
 * Calls fail with UNSUPPORTED_MEDIA, LIMIT_EXCEEDED, BAD_USER_INPUT or PROCESSING_FAILED for a picture or a
 * request at fault; with SERVER_BUSY (`retryAfterMs`) when the waiting queue is full; with PROCESSING_FAILED and
 * `reason` WORKER_EXITED, OUT_OF_MEMORY, TIMEOUT or HOST_EXITED when a worker was lost, which is worth trying again
 * (`retryable: true`).
 */
export interface Compute {
  /** Type, size and frames of a stored file, from its content; nothing is decoded. */
  inspect(key: string, owner: string, options?: ComputeOptions): Promise<ImageInfo>;

  process(request: ComputeRequest, options?: ComputeOptions): Promise<ComputeResult>;

  /** What each engine of the host reads and writes. */
  engines(): Promise<EngineInfo[]>;

  /** Lets accepted calls end, refuses new ones, and ends the host; after `deadlineMs` it is killed. */
  close(deadlineMs?: number): Promise<void>;
}

/** What the process of a compute host takes; its worker processes, where its pool is made of them, are not in it. */
export interface HostUsage {
  /** Resident memory. */
  rssBytes: number;
  /** Processor time since it started; a host that replaces it starts at 0 again. */
  cpuSeconds: number;
}

/** What a compute host tells of itself besides: for metrics. */
export interface PoolGauge {
  stats(): PoolStats;
  /** As the host said a second ago; undefined when it is only just there. */
  usage(): HostUsage | undefined;
}
