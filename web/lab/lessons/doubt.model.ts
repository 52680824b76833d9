/** Why the figures of a run decide nothing, in words that say what to do. */
import type { BenchmarkStatus } from '../../../src/benchmark/benchmark-status.js';
import { MIN_SAMPLES_FOR_INTERVAL } from '../../../src/benchmark/statistics/bootstrap.js';
import { cellWords } from './cell-words.model.js';
import { isVoid, type LessonCell, msText, SAME_FACTOR } from './figures.model.js';

type Doubt = 'CUT_SHORT' | 'OTHER_RESULTS' | 'FEW_SAMPLES' | 'SCATTERED' | 'CLOSE';

/** What to do about times that differ although the work is the same. */
export const QUIETER = 'Stop other programs on the computer of the server, then guess and run it again.';

/** The sentences about a run that decides nothing. */
export function doubtText(cells: readonly LessonCell[], status: BenchmarkStatus): string {
  const doubt = doubtOf(cells, status);
  switch (doubt) {
    case 'CUT_SHORT':
      return 'The run ended before all its samples were measured, so that it cannot answer. Guess and run it again.';
    case 'OTHER_RESULTS':
      return 'Not all models gave the same results, so that their times cannot be compared. Run it again; if it stays so, the program has a fault.';
    case 'FEW_SAMPLES':
      return `This server is slower than lessons are made for: in the time of a lesson the fewest samples of a combination were ${Math.min(...cells.map(samplesOf))}, and an answer needs at least ${MIN_SAMPLES_FOR_INTERVAL}. ${QUIETER}`;
    case 'SCATTERED':
      return `This computer was too busy to show it: ${scatterText(cells)}. ${QUIETER}`;
    case 'CLOSE':
      return 'The figures lie too near the limit between two answers. Run it again: other samples can decide it.';
    default:
      return doubt satisfies never;
  }
}

function doubtOf(cells: readonly LessonCell[], status: BenchmarkStatus): Doubt {
  if (status !== 'COMPLETED' || cells.length === 0) return 'CUT_SHORT';
  if (cells.some(isVoid)) return 'OTHER_RESULTS';
  if (cells.some((cell) => samplesOf(cell) < MIN_SAMPLES_FOR_INTERVAL)) return 'FEW_SAMPLES';
  return Math.max(...cells.map(spreadOf)) > SAME_FACTOR ? 'SCATTERED' : 'CLOSE';
}

const samplesOf = ({ samplesMs }: LessonCell): number => samplesMs.length;

/** The longest time of a cell over its shortest: 1 where all are equal. */
const spreadOf = ({ samplesMs }: LessonCell): number => Math.max(...samplesMs) / Math.min(...samplesMs);

function scatterText(cells: readonly LessonCell[]): string {
  const [worst] = cells.toSorted((a, b) => spreadOf(b) - spreadOf(a));
  if (!worst) return '';
  const [least, most] = [Math.min(...worst.samplesMs), Math.max(...worst.samplesMs)];
  return `the same work took from ${msText(least)} to ${msText(most)} with ${cellWords(worst)}`;
}
