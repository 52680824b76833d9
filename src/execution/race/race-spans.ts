/** Time in which a thread added, on the monotonic clock of the machine. */
export interface RaceSpan {
  startMs: number;
  endMs: number;
}

/** Milliseconds from the first start to the last end. */
export function wallMs(spans: readonly RaceSpan[]): number {
  return Math.max(...spans.map(({ endMs }) => endMs)) - Math.min(...spans.map(({ startMs }) => startMs));
}

/** Share of the wall time, in percent, in which at least two of the spans ran. */
export function overlapPercent(spans: readonly RaceSpan[]): number {
  const edges = spans
    .flatMap(({ startMs, endMs }) => [
      { at: startMs, change: 1 },
      { at: endMs, change: -1 },
    ])
    .sort((a, b) => a.at - b.at);
  let running = 0;
  let overlapMs = 0;
  edges.forEach(({ at, change }, index) => {
    if (running >= 2) overlapMs += at - (edges[index - 1]?.at ?? at);
    running += change;
  });
  const total = wallMs(spans);
  return total > 0 ? (100 * overlapMs) / total : 0;
}
