/**
 * V8 flags of every process that computes or has workers that do. Each of them keeps V8 from working on helper threads
 * of its own, beside the one that computes: what one worker takes from an idle processor, two workers take from each
 * other. So a worker is one processor, as sharp is held to one thread a call, and what is served is what is measured.
 *
 * `--no-concurrent-recompilation`: jpeg-js makes its functions anew for each picture, so they are compiled again and
 * again, which is a fifth of the processor time of a picture on JIMP.
 *
 * `--single-threaded-gc`: a worker that collects garbage with help takes 1.13 processors on JIMP, and its pictures are
 * done no sooner, even beside an idle processor.
 */
export const WORKER_FLAGS = ['--no-concurrent-recompilation', '--single-threaded-gc'] as const;
