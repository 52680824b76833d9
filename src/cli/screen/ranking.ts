import { count, figure, milliseconds, times } from '../../benchmark/analysis/format-numbers.js';
import { pooledTimes } from '../../benchmark/analysis/pooled-baseline.js';
import { cellKey, workKey } from '../../benchmark/cell.js';
import { sweepText } from '../../benchmark/sweep.js';
import type { BenchmarkProgressSubscription, BenchmarkResultQuery } from '../generated/graphql.js';
import type { Paint, Style } from './terminal.js';

/** What a line of the ranking needs of a cell. */
export type RankedCell = NonNullable<BenchmarkProgressSubscription['benchmarkProgress']['cell']>;
export type Recommendation = NonNullable<BenchmarkResultQuery['benchmark']['recommendation']>;

export interface Screen {
  columns: number;
  paint: Paint;
}

/** What follows a cell that the recommendation is about. */
const MARKS = {
  WIN: { text: 'win', style: 'good' },
  TIE: { text: 'tie', style: 'good' },
  UNDECIDED: { text: 'not decided', style: 'doubt' },
} as const satisfies Record<Recommendation['outcome'], { text: string; style: Style }>;

export const INDENT = '  ';
const MODEL_WIDTH = 'THREADS_LOCKED'.length;
/** Everything of a line but its bar, with the spaces between. */
const FIXED_WIDTH = 63;
const MIN_BAR = 6;
const MAX_BAR = 40;

/**
 * The cells of a ranking. SYNC does the same at every number of workers: its cells of one work become one with the samples
 * of all, as in the reports.
 */
export function rankedCells(cells: readonly RankedCell[]): RankedCell[] {
  const isLoop = (cell: RankedCell) => cell.model === 'SYNC' && !isVoid(cell);
  const loops = [...Map.groupBy(cells.filter(isLoop), workKey).values()].flatMap((group) => {
    const [first] = group;
    return first && group.length > 1 ? [{ ...first, workers: 1, ...pooledTimes(group), speedup: 1 }] : group;
  });
  return [...loops, ...cells.filter((cell) => !isLoop(cell))];
}

/** The cells by time, fastest first, with a group for each work. */
export function rankingLines(
  cells: readonly RankedCell[],
  screen: Screen,
  marks: ReadonlyMap<string, Recommendation['outcome']> = new Map(),
): string[] {
  const groups = [...Map.groupBy(rankedCells(cells), workKey).values()];
  return groups.flatMap((group, index) => {
    const [first] = group;
    if (!first) return [];
    const slowest = Math.max(
      ...group.map(({ medianMs, medianInterval }) => medianInterval?.high ?? medianMs),
    );
    const lines = group
      .toSorted((a, b) => a.medianMs - b.medianMs)
      .map((cell) => line(cell, slowest, marks.get(cellKey(cell)), screen));
    return [...(index > 0 ? [''] : []), ...(groups.length > 1 ? [workText(first)] : []), ...lines];
  });
}

function line(
  cell: RankedCell,
  slowest: number,
  outcome: Recommendation['outcome'] | undefined,
  { columns, paint }: Screen,
): string {
  const { model, workers, medianMs, medianInterval, speedup } = cell;
  const width = Math.max(MIN_BAR, Math.min(MAX_BAR, columns - FIXED_WIDTH));
  const spread = medianInterval
    ? `±${figure((50 * (medianInterval.high - medianInterval.low)) / medianMs)} %`
    : '';
  const mark = isVoid(cell) ? { text: 'void', style: 'doubt' as const } : outcome && MARKS[outcome];
  const bar = barOf(cell, slowest, width);
  const isNarrow = isTooNarrow(columns);
  const columnsOfLine = [
    model.padEnd(MODEL_WIDTH),
    (model === 'SYNC' ? '' : `×${workers}`).padEnd(3),
    ...(isNarrow ? [] : [mark ? paint(mark.style, bar) : bar]),
    milliseconds(medianMs).padStart(8),
    ...(isNarrow ? [] : [spread.padStart(7)]),
    // Single samples give no interval, and no speed-up is shown without one.
    (speedup === null || !medianInterval || isVoid(cell) ? '' : times(speedup)).padStart(7),
  ];
  const text = INDENT + columnsOfLine.join(' ');
  const marked = mark && (!isNarrow || text.length + 2 + mark.text.length <= columns);
  return marked ? `${text}  ${paint(mark.style, mark.text)}` : text.trimEnd();
}

/** Full up to the low end of the interval, shaded up to its high end. */
function barOf({ medianMs, medianInterval }: RankedCell, slowest: number, width: number): string {
  const at = (ms: number) => Math.min(width, Math.round((ms / slowest) * width));
  const full = Math.max(1, at(medianInterval?.low ?? medianMs));
  const shaded = Math.max(0, at(medianInterval?.high ?? medianMs) - full);
  return `${'█'.repeat(full)}${'▒'.repeat(shaded)}`.padEnd(width);
}

function workText({ engine, imageCount, sweep }: RankedCell): string {
  const work = engine === null ? count(imageCount, 'task') : `${count(imageCount, 'image')}, ${engine}`;
  return [work, ...(sweep ? [sweepText(sweep)] : [])].join(', ');
}

/** Explains the signs of the ranking; null where it has none. */
export function rankingKey(cells: readonly RankedCell[], columns: number): string | null {
  if (isTooNarrow(columns) || !cells.some(({ medianInterval }) => medianInterval)) return null;
  return '▒: the 95 % interval of the median; ±: half of it; x: times as fast as SYNC.';
}

/** A narrow terminal has room for neither bar nor spread. */
const isTooNarrow = (columns: number): boolean => columns < FIXED_WIDTH + MIN_BAR;

const isVoid = ({ warnings }: RankedCell): boolean => warnings.includes('OUTPUT_MISMATCH');
