export const BENCHMARK_STATUSES = ['QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED'] as const;
export type BenchmarkStatus = (typeof BENCHMARK_STATUSES)[number];

/** Whether the status is final. */
export const isBenchmarkEnded = (status: BenchmarkStatus): boolean =>
  status !== 'QUEUED' && status !== 'RUNNING';

/** Progress of a benchmark, as far as it says what it waits for. */
interface MeasuringState {
  status: BenchmarkStatus;
  measuring: unknown;
  /** Null before the first sample and after the last one. */
  secondsLeft: number | null;
}

/** Whether a benchmark that has samples waits while another program measures. */
export const waitsForTurn = ({ status, measuring, secondsLeft }: MeasuringState): boolean =>
  status === 'RUNNING' && measuring === null && secondsLeft !== null;
