/**
 * V8 flags of every process that computes or owns workers. They keep V8 from using helper threads, which one worker
 * would run on an idle processor and two workers would take from each other. So one worker uses one processor, as sharp
 * is limited to one thread per call, and a benchmark measures the configuration that serves.
 *
 * `--no-concurrent-recompilation`: jpeg-js creates its functions anew for each image, so V8 recompiles them again and
 * again, a large part of the processor time of an image on JIMP.
 *
 * `--single-threaded-gc`: helper threads for garbage collection cost processor time on JIMP and finish no image sooner,
 * even beside an idle processor.
 */
export const WORKER_FLAGS = ['--no-concurrent-recompilation', '--single-threaded-gc'] as const;

/**
 * V8 flags of a compute host, its threads and its worker processes. Images leave little JavaScript garbage, but V8 lets the
 * young generation of each thread grow to some 60 MB before it collects it; with a limit in MiB it takes a quarter of that,
 * and no more processor time. Benchmarks keep V8's limit, because they measure functions of users too.
 */
export const HOST_FLAGS = [...WORKER_FLAGS, '--max-semi-space-size=4'] as const;
