import { BENCHMARK_EXAMPLES } from './benchmark-examples.js';
import { IMAGE_EXAMPLES } from './image-examples.js';
import { JOB_EXAMPLES } from './job-examples.js';
import type { PlaygroundExample } from './playground-example.js';

/** In the order of use. */
export const PLAYGROUND_EXAMPLES: readonly PlaygroundExample[] = [
  ...IMAGE_EXAMPLES,
  ...JOB_EXAMPLES,
  ...BENCHMARK_EXAMPLES,
];
