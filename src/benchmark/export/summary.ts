import { specOf } from '../../imaging/operation.js';
import { count, figure, noisePercent } from '../analysis/format-numbers.js';
import { isNarrow, MAX_REPETITIONS } from '../plan.js';
import { AXES } from '../sweep.js';
import type { BenchmarkReport } from './report.js';

/** The measured work in one or two sentences. */
export function workSentence(report: BenchmarkReport): string {
  const { workload, task, operations, images, sweep } = report;
  const work =
    workload === 'TASK'
      ? `Each task calls the function ${task ?? 'of a task module'} with one of its inputs, in turn.`
      : workload === 'FIBONACCI' || !images
        ? 'Each task computes a naive Fibonacci number: interpreter-bound work without images.'
        : `${count(images.count, images.generated ? 'generated photo-like image' : 'uploaded image')}, used in turn; ` +
          `steps of each task: decode, ${operations.map((operation) => specOf(operation).describe(operation.params)).join(', ') || 'encode again'}.`;
  const swept = sweep
    ? ` Every cell at ${count(sweep.values.length, 'value')} of the ${AXES[sweep.axis].title}.`
    : '';
  return `${work}${swept} ${measuredText(report)}, in random order, each in a process of its own.${stopText(report)}`;
}

function measuredText({ repetitions, samples, totalCells, status, untilPercent }: BenchmarkReport): string {
  const all = totalCells * repetitions;
  return samples.length === all || (untilPercent && status === 'COMPLETED')
    ? `${count(samples.length, 'sample')} of ${count(totalCells, 'cell')}`
    : `${figure(samples.length)} of ${count(all, 'sample')} so far (${status})`;
}

/** The stopping rule. */
function stopText({ untilPercent, repetitions, cells }: BenchmarkReport): string {
  if (!untilPercent) return '';
  const rule = ` Every cell was repeated ${repetitions} to ${MAX_REPETITIONS} times, until the 95 % interval of its median was at most ${untilPercent} % wide.`;
  const wide = cells.filter(({ samplesMs }) => !isNarrow(samplesMs, untilPercent)).length;
  return wide === 0 ? rule : `${rule} The interval of ${count(wide, 'cell')} is still wider.`;
}

/** The difference between equal work, or null where it is unknown. */
export function noiseSentence({ noiseFloor }: BenchmarkReport): string | null {
  return noiseFloor === null
    ? null
    : `Equal work (SYNC) differs by ${noiseFloor > 1 ? '' : 'up to '}${noisePercent(noiseFloor)}: the noise floor of this machine. Smaller differences between models mean nothing.`;
}

/** How to read the figures. */
export const METHOD: readonly string[] = [
  'Times are wall times of whole batches, with the workers already running; start-up is measured apart.',
  'Medians and speed-ups have 95 % bootstrap intervals. The speed-up is the median of all SYNC samples for the same work over the median of the cell. With 5 samples, the interval of a median is their range.',
  'Compute, lock wait and overhead are shares of the wall time of the median sample, averaged over the tasks that could run at the same time. Compute lasts from the start of a task to its end, including waiting for a processor. Overhead is the rest: queueing, messages, copies, and garbage collection between tasks. It is unknown for ASYNC, whose tasks take turns on one loop and count each other’s time.',
  'CPU is the processor time of the process and its children: 100 % is one processor fully busy. Memory is the highest resident memory of all of them together; on Linux, pages of shared files (the program, its libraries) count once.',
  'Event-loop delay is the 99th percentile of the delay of timers on the event loop that dispatches the tasks: a server on the same loop delays every answer by this much.',
  'The serial share is the Karp-Flatt metric, up to the number of processors: the share of serial work that would explain the speed-up. It includes overhead and the limits of the machine.',
  'Break-even compares start-up plus tasks with SYNC; start-up includes two warm-up tasks for each worker.',
];
