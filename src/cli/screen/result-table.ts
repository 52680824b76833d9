import { interval, mebibytes, milliseconds, times } from '../../benchmark/analysis/format-numbers.js';
import { AXES } from '../../benchmark/sweep.js';
import type { BenchmarkResultQuery } from '../generated/graphql.js';

type ResultCell = BenchmarkResultQuery['benchmark']['cells'][number];
/** A cell of a stored report may lack a sweep. */
type Cell = Omit<ResultCell, 'sweep'> & Partial<Pick<ResultCell, 'sweep'>>;

interface Column {
  title: string;
  value(cell: Cell): string;
  /** Names are aligned to the left, figures to the right. */
  isName?: true;
}

/** Formats the cells as lines with equal columns. */
export function resultTable(cells: readonly Cell[]): string {
  const columns = columnsOf(cells);
  const rows = [
    columns.map(({ title }) => title),
    ...cells.map((cell) => columns.map(({ value }) => value(cell))),
  ];
  const widths = columns.map((_, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((text, index) => {
        const width = widths[index] ?? 0;
        return columns[index]?.isName ? text.padEnd(width) : text.padStart(width);
      })
      .join('  ')
      .trimEnd();
  return rows.map(line).join('\n');
}

/** Work without images has no engine; a sweep has a column of its own. */
function columnsOf(cells: readonly Cell[]): Column[] {
  const hasImages = cells.some(({ engine }) => engine !== null);
  const axis = cells.find(({ sweep }) => sweep)?.sweep?.axis;
  const engine: Column = { title: 'Engine', value: (cell) => cell.engine ?? '–', isName: true };
  return [
    { title: 'Model', value: ({ model }) => model, isName: true },
    ...(hasImages ? [engine] : []),
    { title: hasImages ? 'Images' : 'Tasks', value: ({ imageCount }) => String(imageCount) },
    { title: 'Workers', value: ({ workers }) => String(workers) },
    ...(axis
      ? [{ title: AXES[axis].title, value: ({ sweep }: Cell) => AXES[axis].format(sweep?.value ?? 0) }]
      : []),
    ...FIGURES,
  ];
}

const FIGURES: readonly Column[] = [
  { title: 'Median', value: ({ medianMs }) => milliseconds(medianMs) },
  {
    title: '95 % interval',
    value: ({ medianInterval }) => (medianInterval ? interval(medianInterval, milliseconds) : '–'),
  },
  {
    title: 'Speed-up',
    // No speed-up is shown without an interval.
    value: ({ speedup, speedupInterval }) => (speedup === null || !speedupInterval ? '–' : times(speedup)),
  },
  { title: 'CPU', value: ({ cpuPercent }) => `${Math.round(cpuPercent)} %` },
  { title: 'Memory', value: ({ peakRssBytes }) => mebibytes(peakRssBytes) },
  { title: 'Loop delay', value: ({ eventLoopDelayP99Ms }) => milliseconds(eventLoopDelayP99Ms) },
  { title: 'Warnings', value: ({ warnings }) => warnings.join(', '), isName: true },
];
