/** The machine and the versions that a benchmark ran on, as plain data. */
export interface BenchmarkEnvironment {
  /** Empty for runtimes other than Node. */
  nodeVersion: string;
  v8Version: string;
  os: string;
  cpuModel: string;
  /** Processors that this process may use: affinity and container quota included. */
  availableParallelism: number;
  /** Memory of the container, if there is one. */
  totalMemoryBytes: number;
  /** Over the last minute before the start; 0 where the system has no such figure. */
  loadAverage: number;
  appVersion: string;
  /** Such as `Node 24.21.0`. Environments stored by version 0.1 lack this field and those below. */
  runtime?: string;
  /** Processors that a CPU quota allows, such as 1.5; null without a quota. */
  cpuQuota?: number | null;
  /** Frequency governor; null where the system has no such figure. */
  governor?: string | null;
  /** Kinds of cores, such as `8 x 3,200 MHz, 4 x 2,400 MHz`; null if all are alike or unknown. */
  cores?: string | null;
}

/** Name of a processor if the system has none. */
export const UNKNOWN_PROCESSOR = 'unknown';

/** The runtime with its version; environments that do not name it are of Node, or unknown. */
export const runtimeOf = ({
  runtime,
  nodeVersion,
}: Pick<BenchmarkEnvironment, 'runtime' | 'nodeVersion'>): string =>
  runtime ?? (nodeVersion === '' ? 'unknown' : `Node ${nodeVersion}`);
