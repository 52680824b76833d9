import type { Cell } from '../../src/benchmark/cell.js';
import type { BenchmarkEnvironment } from '../../src/benchmark/machine-facts.js';
import type { BenchmarkSample } from '../../src/benchmark/sample.js';

export const CELL: Cell = { model: 'THREADS', engine: 'SHARP', imageCount: 10, workers: 2 };

/** A sample of 100 ms without waiting, on an idle machine. */
export function sample(overrides: Partial<BenchmarkSample> = {}): BenchmarkSample {
  const wallMs = overrides.wallMs ?? 100;
  return {
    ...CELL,
    repetition: 0,
    wallMs,
    startupMs: 50,
    computeMs: wallMs * 2,
    lockWaitMs: 0,
    waitMs: 300,
    dispatchMs: 0.5,
    cpuMs: wallMs * 2,
    cpuPerCoreMs: [wallMs, wallMs],
    peakRssBytes: 100 * 2 ** 20,
    eventLoopDelayP99Ms: 1,
    eventLoopUtilization: 0.1,
    otherCpuShare: 0,
    outputDigest: 'same',
    ...overrides,
  };
}

/** Samples of one cell with these wall times. */
export const samplesOf = (cell: Partial<BenchmarkSample>, wallTimes: readonly number[]): BenchmarkSample[] =>
  wallTimes.map((wallMs, repetition) => sample({ ...cell, wallMs, repetition }));

/** Five samples within 1 % of a median. */
export const around = (medianMs: number): number[] =>
  [-0.01, -0.005, 0, 0.005, 0.01].map((part) => medianMs * (1 + part));

export const environment = (overrides: Partial<BenchmarkEnvironment> = {}): BenchmarkEnvironment => ({
  nodeVersion: '24.1.0',
  v8Version: '13.6',
  os: 'Linux 6 x64',
  cpuModel: 'Test',
  availableParallelism: 2,
  totalMemoryBytes: 8e9,
  loadAverage: 0.1,
  appVersion: '0.1.0',
  ...overrides,
});
