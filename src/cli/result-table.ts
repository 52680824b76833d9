import { interval, mebibytes, milliseconds, times } from '../benchmark/analysis/format-numbers.js';
import { sweepText } from '../benchmark/sweep.js';
import type { BenchmarkResultQuery } from './generated/graphql.js';

type ResultCell = BenchmarkResultQuery['benchmark']['cells'][number];
/** A cell of a stored report may lack a sweep. */
type Cell = Omit<ResultCell, 'sweep'> & Partial<Pick<ResultCell, 'sweep'>>;

const COLUMNS: readonly [title: string, value: (cell: Cell) => string][] = [
  ['Model', ({ model }) => model],
  ['Engine', ({ engine, sweep }) => [engine ?? '–', ...(sweep ? [sweepText(sweep)] : [])].join(', ')],
  ['Images', ({ imageCount }) => String(imageCount)],
  ['Workers', ({ workers }) => String(workers)],
  ['Median', ({ medianMs }) => milliseconds(medianMs)],
  ['95 % interval', ({ medianInterval }) => (medianInterval ? interval(medianInterval, milliseconds) : '–')],
  // No speed-up is shown without an interval.
  [
    'Speed-up',
    ({ speedup, speedupInterval }) => (speedup === null || !speedupInterval ? '–' : times(speedup)),
  ],
  ['CPU', ({ cpuPercent }) => `${Math.round(cpuPercent)} %`],
  ['Memory', ({ peakRssBytes }) => mebibytes(peakRssBytes)],
  ['Loop delay', ({ eventLoopDelayP99Ms }) => milliseconds(eventLoopDelayP99Ms)],
  ['Warnings', ({ warnings }) => warnings.join(', ')],
];

/** Names are left-aligned, figures right-aligned. */
const LEFT = new Set(['Model', 'Engine', 'Warnings']);

/** Formats the cells as lines with equal columns. */
export function resultTable(cells: readonly Cell[]): string {
  return alignColumns([
    COLUMNS.map(([title]) => title),
    ...cells.map((cell) => COLUMNS.map(([, value]) => value(cell))),
  ]);
}

function alignColumns(rows: readonly string[][]): string {
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((text, column) => {
          const width = widths[column] ?? 0;
          return LEFT.has(COLUMNS[column]?.[0] ?? '') ? text.padEnd(width) : text.padStart(width);
        })
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
