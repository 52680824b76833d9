/**
 * The share of the work that would have to run serially to explain a measured speed-up (Karp and Flatt, Measuring Parallel
 * Processor Performance, CACM 33(5), 1990). Constant over processors: the program has a serial part. Growing:
 * it is overhead that grows. Slightly below 0: more than linear, as caches or noise make it.
 *
 * @param processors at least 2: with one, nothing can be told.
 */
export const karpFlatt = (speedup: number, processors: number): number =>
  (1 / speedup - 1 / processors) / (1 - 1 / processors);
