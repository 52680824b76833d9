import os from 'node:os';
import { machineMemoryBytes } from '../execution/machine/machine-memory.js';
import { availableProcessors } from './measure/processors.js';

/** The machine and the versions that a benchmark ran on. */
export interface BenchmarkEnvironment {
  nodeVersion: string;
  v8Version: string;
  os: string;
  cpuModel: string;
  /** Processors that this process may use: affinity and container quota counted. */
  availableParallelism: number;
  /** Of the container where there is one. */
  totalMemoryBytes: number;
  /** Over the last minute; 0 where the system does not tell. */
  loadAverage: number;
  appVersion: string;
}

/** The environment now. */
export function benchmarkEnvironment(appVersion: string): BenchmarkEnvironment {
  return {
    nodeVersion: process.versions.node,
    v8Version: process.versions.v8,
    os: `${os.type()} ${os.release()} ${os.arch()}`,
    cpuModel: os.cpus()[0]?.model.trim() ?? 'unknown',
    availableParallelism: availableProcessors(),
    totalMemoryBytes: machineMemoryBytes(),
    loadAverage: os.loadavg()[0] ?? 0,
    appVersion,
  };
}
