/** Bounds on clients that are slow, or say nothing. */
export interface HttpLimits {
  /** Until the head of a request has to have come, from the first byte or, before that, from the connection; then 408. */
  headersTimeoutMs: number;
  /** Until the whole request has to have come, a long upload too; then 408. */
  requestTimeoutMs: number;
  /** A reader who takes nothing of an answer for so long is cut, as it holds a file open. */
  stalledMs: number;
}

export const DEFAULT_HTTP_LIMITS: HttpLimits = {
  headersTimeoutMs: 20_000,
  requestTimeoutMs: 300_000,
  stalledMs: 60_000,
};

/** Of Node's HTTP server. It looks at its connections at intervals: nobody outlasts a limit by more than one. */
export function serverOptions({ headersTimeoutMs, requestTimeoutMs }: HttpLimits) {
  return {
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    connectionsCheckingInterval: headersTimeoutMs / 4,
  };
}
