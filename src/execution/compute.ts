import type { ImageDescription } from '../imaging/describe-image.js';
import type { EngineInfo, ImageInfo } from '../imaging/engine-info.js';
import type { ImageEngineName } from '../imaging/engine-name.js';
import type { Operation } from '../imaging/operation.js';
import type { WorkerPool } from './model.js';

/** One image to process: from a stored source to a stored result. */
export interface ComputeRequest {
  sourceKey: string;
  /** Header of the source, from which the memory and the processor that it takes are estimated before it is decoded. */
  source: ImageInfo;
  /** Where the result is written: complete, and on the disk if `durable`, before the call resolves, or not at all. */
  resultKey: string;
  /** False: the result can be computed again, and is written without waiting for the disk. Default: true. */
  durable?: boolean;
  engine: ImageEngineName;
  operations: readonly Operation[];
  /** The point that gravity FOCAL_POINT keeps: shares of width and height, 0 to 1; default: none. */
  focalPoint?: { x: number; y: number } | null;
  /** Default: the pool of the setting WORKER_POOL. */
  pool?: WorkerPool;
  /** User of the request. Waiting calls of different owners take turns, so that one owner cannot block the others. */
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
   * Aborting stops the CPU work; the call fails with CANCELLED within two seconds. A result that is already being
   * stored when the signal arrives is kept, and the call succeeds.
   */
  signal?: AbortSignal;
  /** Aborting cancels the call only before a worker starts it: stopping a worker costs more than most images do. */
  unwanted?: AbortSignal | undefined;
}

/** Load of a worker pool. */
export interface PoolStats {
  /** Images being processed, including the storing of the result. */
  running: number;
  /** Images that wait for a worker. */
  waiting: number;
  /** Workers: images that can be processed at the same time that fill a processor each. */
  workers: number;
  /** Images that can be processed at the same time. */
  imagesInFlight: number;
}

/**
 * Client of the compute host.
 *
 * Calls fail with UNSUPPORTED_MEDIA, LIMIT_EXCEEDED, BAD_USER_INPUT or PROCESSING_FAILED when the image or the
 * request is at fault; with SERVER_BUSY (`retryAfterMs`) when the queue is full; and with PROCESSING_FAILED,
 * `retryable: true` and `reason` WORKER_EXITED, OUT_OF_MEMORY, TIMEOUT or HOST_EXITED when a worker was lost.
 */
export interface Compute {
  /** Reads type, size and frame count from the header of a stored file; decodes no pixels. */
  inspect(key: string, owner: string, options?: ComputeOptions): Promise<ImageInfo>;

  /** Decodes a stored file at a small size; returns its metadata, dominant colour and placeholder. */
  describe(key: string, owner: string, options?: ComputeOptions): Promise<ImageDescription>;

  process(request: ComputeRequest, options?: ComputeOptions): Promise<ComputeResult>;

  /** Formats that each engine reads and writes. */
  engines(): Promise<EngineInfo[]>;

  /** Finishes accepted calls, rejects new ones and stops the host; kills it after `deadlineMs`. */
  close(deadlineMs?: number): Promise<void>;
}

/** Resource usage of the host process, without its worker processes. */
export interface HostUsage {
  /** Resident memory. */
  rssBytes: number;
  /** Processor time since the host started; restarts at 0 when the host is replaced. */
  cpuSeconds: number;
}

/** Figures of a compute host for the metrics. */
export interface PoolGauge {
  stats(): PoolStats;
  /** Last heartbeat; undefined before the first one. */
  usage(): HostUsage | undefined;
}
