/** The cells of a benchmark in the words of the lessons. */
import type { Table } from '../../../src/benchmark/export/tables/table.js';
import { type SweepPoint, sweepText } from '../../../src/benchmark/sweep.js';
import type { ConcurrencyModel } from '../../../src/execution/model.js';
import { type LessonCell, msText } from './figures.model.js';

/** The models in the words of the lessons, with the names that charts have. */
const MODEL_WORDS: Readonly<Record<ConcurrencyModel, string>> = {
  SYNC: 'Loop (SYNC)',
  ASYNC: 'Async (ASYNC)',
  THREADS_LOCKED: 'Threads under a lock (THREADS_LOCKED)',
  PROCESSES: 'Processes (PROCESSES)',
  THREADS: 'Threads (THREADS)',
};

/** What computes the tasks of a cell beside the loop, in words; undefined for the loop alone. */
function workersText({ model, workers }: Pick<LessonCell, 'model' | 'workers'>): string | undefined {
  switch (model) {
    case 'SYNC':
      return undefined;
    case 'ASYNC':
      return `${workers} in flight`;
    case 'THREADS_LOCKED':
    case 'PROCESSES':
    case 'THREADS':
      return workers === 1 ? '1 worker' : `${workers} workers`;
    default:
      return model satisfies never;
  }
}

/** A cell in words: `Threads (THREADS), 2 workers, 12 tasks`. */
export function cellWords(
  cell: Pick<LessonCell, 'model' | 'workers' | 'imageCount'> & { sweep?: SweepPoint | null | undefined },
): string {
  const { model, imageCount, sweep } = cell;
  return [
    MODEL_WORDS[model],
    workersText(cell),
    `${imageCount} ${imageCount === 1 ? 'task' : 'tasks'}`,
    sweep && sweepText(sweep),
  ]
    .filter(Boolean)
    .join(', ');
}

/** The times of all cells as a table. */
export function cellsTable(cells: readonly LessonCell[]): Table {
  const isSwept = cells.some(({ sweep }) => sweep);
  return {
    caption: 'All measured times',
    head: ['Model', 'Workers', 'Tasks', ...(isSwept ? ['Work'] : []), 'Median', '95 % interval', 'Samples'],
    rows: cells.map((cell) => [
      MODEL_WORDS[cell.model],
      // The heading names the unit.
      workersText(cell)?.replace(/ workers?$/, '') ?? '–',
      String(cell.imageCount),
      ...(isSwept ? [cell.sweep ? sweepText(cell.sweep) : '–'] : []),
      msText(cell.medianMs),
      cell.medianInterval
        ? `${msText(cell.medianInterval.low)} to ${msText(cell.medianInterval.high)}`
        : 'too few samples',
      String(cell.samplesMs.length),
    ]),
  };
}
