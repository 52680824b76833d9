/** Bounds on slow and silent clients. */
export interface HttpLimits {
  /**
   * Time limit for the headers of a request in ms, from its first byte or, on a new connection, from the connection;
   * then 408.
   */
  headersTimeoutMs: number;
  /** Interval in ms in which at least {@link minBodyBytes} of a request body, or its end, must arrive; else 408. */
  bodyIntervalMs: number;
  minBodyBytes: number;
  /** A client that reads nothing of a response for this time (ms) is disconnected, because it may keep a file open. */
  stalledMs: number;
}

/** The duration of an upload is not limited as long as it progresses at 1 kB/s, which any mobile network exceeds. */
export const DEFAULT_HTTP_LIMITS: HttpLimits = {
  headersTimeoutMs: 20_000,
  bodyIntervalMs: 30_000,
  minBodyBytes: 30_000,
  stalledMs: 60_000,
};
