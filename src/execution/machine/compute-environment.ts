/**
 * Environment variables of glibc for every process of ours that lasts. `npm start`, `npm run worker` and the Dockerfile
 * spell them out: they are read before a program's first line.
 */
export const HELD_MALLOC = {
  // glibc gives each thread a heap of its own, and native pictures fragment them all.
  MALLOC_ARENA_MAX: '2',
  // Its own first values, held (mallopt(3)): it raises them to 32 MiB with the first large block that it frees, a picture
  // or a piece of an upload, and from then on keeps what is freed.
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
} as const;

/**
 * Environment variables of every process that computes or has workers that do. One for the host that serves and the hosts
 * that measure, so that what is measured is what is served.
 */
export const computeEnvironment = (workers: number) => ({
  ...HELD_MALLOC,
  // Native code computes, and files are read and written, on these: room for both.
  UV_THREADPOOL_SIZE: String(workers * 2 + 4),
});
