/** The attempts of an item as a waterfall: where each starts and how long it takes, as shares of the whole. */
export interface AttemptSpan {
  number: number;
  startedAt: string;
  finishedAt: string | null;
  error: { code: string; message: string } | null;
}

export interface WaterfallRow {
  number: number;
  /** Shares of the time from the first start to the last end, 0 to 1. */
  start: number;
  length: number;
  /** Duration in ms; until now, if it runs. */
  ms: number;
  outcome: 'RUNNING' | 'FAILED' | 'STORED';
  /** Error code; empty unless it failed. */
  code: string;
}

/** Width of the shortest bar, so that each attempt is seen. */
const SHORTEST = 0.01;

/** @param now in ms since the epoch: the end of an attempt that runs */
export function waterfall(spans: readonly AttemptSpan[], now: number): WaterfallRow[] {
  const times = spans.map((span) => {
    const start = Date.parse(span.startedAt);
    return {
      span,
      start,
      end: Math.max(start, span.finishedAt === null ? now : Date.parse(span.finishedAt)),
    };
  });
  const from = Math.min(...times.map(({ start }) => start));
  const whole = Math.max(1, Math.max(...times.map(({ end }) => end)) - from);
  return times.map(({ span, start, end }) => {
    const at = Math.min(1 - SHORTEST, (start - from) / whole);
    return {
      number: span.number,
      start: at,
      length: Math.min(1 - at, Math.max(SHORTEST, (end - start) / whole)),
      ms: end - start,
      outcome: outcomeOf(span),
      code: span.error?.code ?? '',
    };
  });
}

function outcomeOf({ finishedAt, error }: AttemptSpan): WaterfallRow['outcome'] {
  if (error) return 'FAILED';
  return finishedAt === null ? 'RUNNING' : 'STORED';
}
