export const BENCHMARK_STATUSES = ['QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const;
export type BenchmarkStatus = (typeof BENCHMARK_STATUSES)[number];

/** Whether the status is final. */
export const isBenchmarkEnded = (status: BenchmarkStatus): boolean =>
  status !== 'QUEUED' && status !== 'RUNNING';
