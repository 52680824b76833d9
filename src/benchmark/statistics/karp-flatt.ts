/**
 * Returns the share of serial work that would explain a measured speed-up (Karp and Flatt, Measuring Parallel
 * Processor Performance, CACM 33(5), 1990). Constant over the number of processors: the program has a serial part.
 * Growing: overhead grows. Slightly below 0: more than linear, caused by caches or noise.
 *
 * @param processors at least 2: undefined for one.
 */
export const karpFlatt = (speedup: number, processors: number): number =>
  (1 / speedup - 1 / processors) / (1 - 1 / processors);
