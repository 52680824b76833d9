import { MAX_SPANS, type TaskSpan } from '../sample.js';
import type { DoneOutcome } from './done-outcome.js';

/** The clocks of threads differ by more than a microsecond. */
const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

/** The tasks of a batch in order of start, in milliseconds since the first was submitted; evenly thinned to 2,000. */
export function timelineOf(outcomes: readonly DoneOutcome[], most = MAX_SPANS): TaskSpan[] {
  const beginMs = outcomes.reduce((least, { submittedAtMs }) => Math.min(least, submittedAtMs), Infinity);
  const spans = outcomes.map(
    ({ worker, submittedAtMs, startedAtMs, lockWaitMs, computeMs }, task): TaskSpan => ({
      task,
      worker,
      queuedMs: rounded(submittedAtMs - beginMs),
      startMs: rounded(startedAtMs - beginMs),
      lockWaitMs: rounded(lockWaitMs),
      computeMs: rounded(computeMs),
      endMs: rounded(startedAtMs - beginMs + lockWaitMs + computeMs),
    }),
  );
  return thinned(
    spans.toSorted((a, b) => a.startMs - b.startMs || a.task - b.task),
    most,
  );
}

/** Returns at most `most` items, evenly spaced, including the first and the last. */
function thinned<T>(items: readonly T[], most: number): T[] {
  if (items.length <= most) return [...items];
  return Array.from({ length: most }, (_, index) =>
    items.at(Math.round((index * (items.length - 1)) / (most - 1))),
  ).filter((item) => item !== undefined);
}
