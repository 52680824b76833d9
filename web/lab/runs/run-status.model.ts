import type { BenchmarkStatus } from '../../../src/benchmark/benchmark-status.js';

/** Status of a run in the words of the status chip. */
export function chipOf(
  status: BenchmarkStatus,
): 'QUEUED' | 'PROCESSING' | 'COMPLETED' | 'FAILED' | 'CANCELLED' {
  return status === 'RUNNING' ? 'PROCESSING' : status;
}
