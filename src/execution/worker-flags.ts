/**
 * V8 flags of every process that computes or has workers that do; worker processes take them over from their parent.
 *
 * `--no-concurrent-recompilation`: V8 otherwise compiles on helper threads of its own, beside the one that computes.
 * jpeg-js makes its functions anew for each picture, so they are compiled again and again: a fifth of the processor
 * time of a picture on JIMP, which one worker takes from an idle core and two workers take from each other.
 */
export const WORKER_FLAGS = ['--no-concurrent-recompilation'] as const;

/**
 * Flags of the processes that are compared, in which a worker is one processor, as sharp is held to one thread a call.
 *
 * `--single-threaded-gc`: V8 otherwise collects garbage on helper threads as well, and one process that works alone
 * takes 1.13 processors on JIMP: the baseline would have help that it denies to two workers. Where every processor is
 * busy a picture takes as long with the flag as without; so who serves rather than compares does without it, and lets an
 * idle processor help.
 */
export const MEASURED_FLAGS = [...WORKER_FLAGS, '--single-threaded-gc'] as const;
