export const BENCHMARK_STATUSES = ['QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const;
export type BenchmarkStatus = (typeof BENCHMARK_STATUSES)[number];

/** Whether nothing of it will change any more. */
export const isBenchmarkEnded = (status: BenchmarkStatus): boolean =>
  status !== 'QUEUED' && status !== 'RUNNING';
