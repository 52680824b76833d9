import os from 'node:os';
import { machineMemoryBytes } from '../execution/machine/machine-memory.js';
import { type BenchmarkEnvironment, UNKNOWN_PROCESSOR } from './machine-facts.js';
import { coreKinds, frequencyGovernor } from './measure/meters/core-kinds.js';
import { availableProcessors, quotaProcessors } from './measure/meters/processors.js';

/** The environment of this process now. */
export function benchmarkEnvironment(appVersion: string): BenchmarkEnvironment {
  return {
    nodeVersion: process.versions.node,
    v8Version: process.versions.v8,
    os: `${os.type()} ${os.release()} ${os.arch()}`,
    cpuModel: os.cpus()[0]?.model.trim() || UNKNOWN_PROCESSOR,
    availableParallelism: availableProcessors(),
    totalMemoryBytes: machineMemoryBytes(),
    loadAverage: os.loadavg()[0] ?? 0,
    appVersion,
    runtime: `Node ${process.versions.node}`,
    cpuQuota: quotaProcessors(),
    governor: frequencyGovernor(),
    cores: coreKinds(),
  };
}
