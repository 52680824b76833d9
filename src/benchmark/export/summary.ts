import { specOf } from '../../imaging/operation.js';
import { count, percent } from '../analysis/format-numbers.js';
import type { BenchmarkReport } from './report.js';

/** What was measured, in a sentence or two. */
export function workSentence(report: BenchmarkReport): string {
  const { workload, operations, images, repetitions, samples, totalCells, status } = report;
  const work =
    workload === 'FIBONACCI' || !images
      ? 'A naive Fibonacci number as each task: interpreter-bound work that touches no image.'
      : `${count(images.count, images.generated ? 'generated photo-like image' : 'uploaded image')} in turn; ` +
        `each is decoded, then ${operations.map((operation) => specOf(operation).describe(operation.params)).join(', ') || 'encoded again'}.`;
  const all = totalCells * repetitions;
  const measured =
    samples.length === all
      ? `${count(all, 'sample')} of ${count(totalCells, 'cell')}`
      : `${samples.length} of ${count(all, 'sample')} so far (${status})`;
  return `${work} ${measured}, in random order, each in a process of its own.`;
}

/** How far apart equal work came out, or null where that was not measured. */
export function noiseSentence({ noiseFloor }: BenchmarkReport): string | null {
  return noiseFloor === null
    ? null
    : `SYNC does the same work at every number of workers. Its medians differ by up to ${percent(noiseFloor)}: the noise floor of this machine. Smaller differences between models mean nothing.`;
}

/** How to read the figures. */
export const METHOD: readonly string[] = [
  'Times are wall times of whole batches with the workers already up; start-up is kept apart.',
  'Medians have 95 % bootstrap intervals, and so have speed-ups: the median of all SYNC samples for the same work over the median of the cell. With 5 samples, the interval of a median is their range.',
  'Compute, lock wait and overhead are shares of the wall time of the median sample, averaged over what could run at the same time. Compute is from a task’s begin to its end, waiting for a processor included. Overhead is the rest: queueing, messages, copies, and garbage that is collected between tasks. ASYNC’s cannot be told, as tasks that take turns on one loop count each other’s time as theirs.',
  'CPU is that of the process and its children: 100 % is one processor fully busy. Memory is the highest resident memory of all of them together; on Linux, pages of files that they share (the program, its libraries) count once.',
  'Event-loop delay is how late timers fired (99th percentile) on the loop that started the work: what an API on that loop would feel.',
  'The serial share is the Karp-Flatt metric, up to the processors there are: as if so much of the work ran serially. Overhead and the machine’s limits are in it.',
];
