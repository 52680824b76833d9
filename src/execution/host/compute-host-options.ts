import type { EngineInfo } from '../../imaging/engine-info.js';
import type { HostSettings } from './compute-protocol.js';
import type { HostLogger } from './host-supervisor.js';

/** Options of a compute host and of its client. */
export interface ComputeHostOptions extends Omit<HostSettings, 'hostMemoryMb' | 'niceness'> {
  /** Resident memory in MiB at which the host is replaced. Default: see `defaultHostMemoryMb`. */
  hostMemoryMb?: number;
  /** Nice value, 0 to 19 (default: 10). */
  niceness?: number;
  /** Maximum number of waiting calls; further ones fail with SERVER_BUSY. */
  queueLimit: number;
  /** Environment variables of the host, such as those of an S3 client; it inherits none. */
  environment?: Readonly<Record<string, string>>;
  /** Interval of heartbeats in ms (default: 1,000); after ten without an answer the host is killed. */
  heartbeatMs?: number;
  /** Time in ms (default: 1,800) in which a cancelled call must end, or the host is killed. */
  cancelDeadlineMs?: number;
  logger?: HostLogger;
  /** What its engines read and write. The start fails where this rejects. */
  engines: Promise<EngineInfo[]>;
}
