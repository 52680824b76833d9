import type { RaceVariant } from '../../../src/execution/race.js';

/** Replay of an experiment: the first repetition of every variant, started at the same time. */
export interface Track {
  variant: RaceVariant;
  /** Increments of all threads together. */
  expected: number;
  /** Final value of the counter. */
  final: number;
  /** When the last thread ended, in ms. */
  endMs: number;
  /** The counter over time, in ms; from 0 at 0 to `final` at `endMs`. */
  points: readonly { ms: number; value: number }[];
}

interface Measured {
  variant: RaceVariant;
  expected: number;
  actual: readonly number[];
  nanosecondsPerIncrement: number;
  readings: readonly { ms: number; value: number }[];
}

/** The tracks of an experiment. The end of a repetition is the median duration, or the last reading if that is later. */
export function tracksOf(results: readonly Measured[]): Track[] {
  return results.map(({ variant, expected, actual, nanosecondsPerIncrement, readings }) => {
    const final = actual[0] ?? 0;
    const inside = readings.filter(({ ms }) => ms > 0);
    const endMs = Math.max((nanosecondsPerIncrement * expected) / 1e6, inside.at(-1)?.ms ?? 0);
    const points = [
      { ms: 0, value: 0 },
      ...inside.filter(({ ms }) => ms < endMs),
      { ms: endMs, value: final },
    ];
    return { variant, expected, final, endMs, points };
  });
}

/** Time until the slowest variant has ended, in ms. */
export function replayMs(tracks: readonly Track[]): number {
  return Math.max(0, ...tracks.map(({ endMs }) => endMs));
}

/** Value of the counter at a time, on straight lines between the readings. */
export function counterAt({ points, final }: Track, ms: number): number {
  const next = points.findIndex((point) => point.ms > ms);
  if (next === -1) return final;
  const [from, to] = [points[next - 1], points[next]];
  if (!from || !to) return 0;
  return Math.round(from.value + ((to.value - from.value) * (ms - from.ms)) / (to.ms - from.ms));
}

/** Increments that the threads have made by then, at an even pace: what the counter should show. */
export function madeAt({ expected, endMs }: Track, ms: number): number {
  return endMs > 0 ? Math.round(expected * Math.min(1, Math.max(0, ms / endMs))) : expected;
}

/**
 * Increments that are lost by then, where the threads add at an even pace. A variant that ends without a loss has none
 * on the way: its counter is late because its pace is uneven, or because threads add their sums at the end.
 */
export function lostAt(track: Track, ms: number): number {
  return track.final >= track.expected ? 0 : Math.max(0, madeAt(track, ms) - counterAt(track, ms));
}
