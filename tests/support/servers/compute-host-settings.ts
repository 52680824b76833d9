import type { ComputeHostOptions } from '../../../src/execution/host/compute-host-options.js';
import { DEFAULT_IMAGING_LIMITS } from '../../../src/imaging/limits.js';

/** A small host. */
export const TEST_SETTINGS = {
  workers: 2,
  pool: 'THREADS',
  // Longer than any test waits while a task hangs.
  taskTimeoutMs: 500_000,
  // A host that stalls after a cancel must not be replaced, except where a test is about that.
  cancelDeadlineMs: 500_000,
  imagingLimits: DEFAULT_IMAGING_LIMITS,
  workerMemoryMb: 128,
  queueLimit: 50,
  // At a low priority it would answer late beside other suites.
  niceness: 0,
  engines: Promise.resolve([]),
  taskModule: new URL('../../execution/workers/faulty-task.js', import.meta.url).href,
} as const satisfies Partial<ComputeHostOptions>;
