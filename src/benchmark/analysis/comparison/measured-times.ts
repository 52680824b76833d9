/** When a benchmark was measured; ISO 8601, null where it is not known. */
export interface MeasuredTimes {
  startedAt: string | null;
  finishedAt: string | null;
}

/** Benchmarks whose starts are apart by at most this share of the shorter one count as started together. */
const APART = 0.2;
/** Short ones that overlap are started together within this time: a machine drifts from one minute to the next. */
const APART_MS = 5_000;

/**
 * Whether both were started together, so that on one machine they were measured in turn, one repetition each; null where
 * that is not known.
 */
export function startedTogether(before: MeasuredTimes, after: MeasuredTimes): boolean | null {
  const [first, second] = [before, after].map(rangeOf);
  if (!first || !second) return null;
  const shorter = Math.min(first.end - first.begin, second.end - second.begin);
  const apart = Math.abs(first.begin - second.begin);
  const overlap = first.begin < second.end && second.begin < first.end;
  return apart <= (overlap ? Math.max(APART_MS, APART * shorter) : APART * shorter);
}

/**
 * What a comparison of benchmarks of one machine says where they were measured one after the other. No verdict depends on
 * it: a drift and more work slow all cells alike, so that a doubt about the one would hide the other.
 */
export function separateTimes(before: MeasuredTimes, after: MeasuredTimes): string[] {
  if (startedTogether(before, after) !== false) return [];
  return [
    'measured one after the other: a drift of the machine by a few percent would look like a difference. Benchmarks of two programs that are started at the same time take turns, and share it',
  ];
}

/**
 * The repetitions of a cell that both sides have, which were measured over the same minutes where both were started
 * together. With adaptive repetitions one side has more, and a drift meets those alone.
 */
export function commonRepetitions<Sample extends { repetition: number }>(
  before: readonly Sample[],
  after: readonly Sample[],
): [Sample[], Sample[]] {
  const [first, second] = [before, after].map(
    (samples) => new Set(samples.map(({ repetition }) => repetition)),
  );
  return [
    before.filter(({ repetition }) => second?.has(repetition)),
    after.filter(({ repetition }) => first?.has(repetition)),
  ];
}

function rangeOf({ startedAt, finishedAt }: MeasuredTimes): { begin: number; end: number } | null {
  if (startedAt === null || finishedAt === null) return null;
  return { begin: Date.parse(startedAt), end: Date.parse(finishedAt) };
}
