import { interval, mebibytes, milliseconds, times } from '../../benchmark/analysis/format-numbers.js';
import { AXES } from '../../benchmark/sweep.js';
import type { BenchmarkResultQuery } from '../generated/graphql.js';
import { wrapped } from './terminal.js';

type ResultCell = BenchmarkResultQuery['benchmark']['cells'][number];
/** A cell of a stored report may lack a sweep; its samples are not in the table. */
type Cell = Omit<ResultCell, 'sweep' | 'samplesMs'> & Partial<Pick<ResultCell, 'sweep'>>;

interface Column {
  title: string;
  value(cell: Cell): string;
  /** Names are aligned to the left, figures to the right. */
  isName?: true;
}

/** Space between two columns. */
const GAP = '  ';

/**
 * Formats the cells as lines with equal columns. Where a line would be longer than `maxWidth`, the figures are spread over
 * several tables that repeat the names of the cells.
 */
export function resultTable(cells: readonly Cell[], maxWidth = Number.POSITIVE_INFINITY): string {
  const names = nameColumns(cells);
  const used = totalWidth(names, cells);
  const tables: Column[][] = [];
  let left = 0;
  for (const column of FIGURES) {
    const needed = GAP.length + widthOf(column, cells);
    if (tables.length === 0 || needed > left) {
      tables.push([]);
      left = maxWidth - used;
    }
    tables.at(-1)?.push(column);
    left -= needed;
  }
  return tables.map((figures) => tableText([...names, ...figures], cells, maxWidth)).join('\n\n');
}

/** Only names in the last column can be too wide: they go on in the next line. */
function tableText(columns: readonly Column[], cells: readonly Cell[], maxWidth: number): string {
  const widths = columns.map((column) => widthOf(column, cells));
  const line = (row: readonly string[]) =>
    row
      .map((text, index) => {
        const width = widths[index] ?? 0;
        return columns[index]?.isName ? text.padEnd(width) : text.padStart(width);
      })
      .join(GAP)
      .trimEnd();
  const before = totalWidth(columns.slice(0, -1), cells) + GAP.length;
  const rows = cells.flatMap((cell) => {
    const texts = columns.map(({ value }) => value(cell));
    const [first = '', ...more] = wrapped(texts.at(-1) ?? '', Math.max(1, maxWidth - before));
    return [line([...texts.slice(0, -1), first]), ...more.map((text) => ' '.repeat(before) + text)];
  });
  return [line(columns.map(({ title }) => title)), ...rows].join('\n');
}

const widthOf = ({ title, value }: Column, cells: readonly Cell[]): number =>
  Math.max(title.length, ...cells.map((cell) => value(cell).length));

const totalWidth = (columns: readonly Column[], cells: readonly Cell[]): number =>
  columns.reduce((sum, column) => sum + widthOf(column, cells), 0) + GAP.length * (columns.length - 1);

/** What identifies a cell. Work without images has no engine; a sweep has a column of its own. */
function nameColumns(cells: readonly Cell[]): Column[] {
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
