/**
 * V8 flags of every process that computes or has workers that do; worker processes take them over from their parent.
 *
 * `--no-concurrent-recompilation`: V8 otherwise compiles on helper threads of its own, beside the one that computes.
 * jpeg-js makes its functions anew for each picture, so they are compiled again and again: a fifth of the processor
 * time of a picture on JIMP, which one worker takes from an idle core and two workers take from each other.
 */
export const WORKER_FLAGS = ['--no-concurrent-recompilation'] as const;
