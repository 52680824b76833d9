/**
 * glibc settings of every long-running process. `npm start`, `npm run worker` and the Dockerfile set the same values,
 * because glibc reads them before the program starts.
 */
export const HELD_MALLOC = {
  // glibc gives each thread an arena of its own, and native image buffers fragment all of them.
  MALLOC_ARENA_MAX: '2',
  // Fixed (mallopt(3)): otherwise the first large block that is freed raises them, up to 32 MiB, and freed memory is no
  // longer returned to the system. With glibc's initial values, 128 KiB, the system maps, clears and unmaps every buffer of
  // an image anew; `npm run perf pools` prints what that costs.
  MALLOC_MMAP_THRESHOLD_: '4194304',
  MALLOC_TRIM_THRESHOLD_: '4194304',
} as const;

/**
 * Environment variables of every process that computes or owns workers. The compute host and the benchmark hosts share
 * them, so that a benchmark measures the configuration that serves.
 */
export const computeEnvironment = (workers: number) => ({
  ...HELD_MALLOC,
  // libuv threads run native image code and file access; leave room for both.
  UV_THREADPOOL_SIZE: String(workers * 2 + 4),
});
