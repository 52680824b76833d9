/**
 * Environment variables of every process that computes or has workers that do. One for the host that serves and the hosts
 * that measure, so that what is measured is what is served.
 */
export const computeEnvironment = (workers: number) => ({
  // glibc gives each thread a heap of its own, and native pictures fragment them all.
  MALLOC_ARENA_MAX: '2',
  // Its own first values, held (mallopt(3)): it raises them to 32 MiB with the first large picture that it frees,
  // and from then on keeps what is freed.
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
  // Native code computes, and files are read and written, on these: room for both.
  UV_THREADPOOL_SIZE: String(workers * 2 + 4),
});
