/** Bounds on slow and silent clients. */
export interface HttpLimits {
  /** Time for the head of a request, from its first byte or, on a new connection, from the connection; then 408. */
  headersTimeoutMs: number;
  /** Interval in which at least {@link minBodyBytes} of a request body, or its end, must arrive; then 408. */
  bodyIntervalMs: number;
  minBodyBytes: number;
  /** A client that reads nothing of a response for this long is disconnected, as a file may be open for it. */
  stalledMs: number;
}

/** An upload may take as long as it takes while it moves at 1 kB/s, which any mobile network exceeds. */
export const DEFAULT_HTTP_LIMITS: HttpLimits = {
  headersTimeoutMs: 20_000,
  bodyIntervalMs: 30_000,
  minBodyBytes: 30_000,
  stalledMs: 60_000,
};
