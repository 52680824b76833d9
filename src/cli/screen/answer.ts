import { answerParts, missingAnswer } from '../../benchmark/analysis/answer-sentence.js';
import { count, figure, milliseconds, times } from '../../benchmark/analysis/format-numbers.js';
import { type Cell, cellKey, workKey } from '../../benchmark/cell.js';
import { sweepText } from '../../benchmark/sweep.js';
import type { BenchmarkProgressSubscription, BenchmarkResultQuery } from '../generated/graphql.js';
import { type Paint, type Style, wrapped } from './terminal.js';

/** What a line of the ranking needs of a cell. */
export type RankedCell = NonNullable<BenchmarkProgressSubscription['benchmarkProgress']['cell']>;
type Result = BenchmarkResultQuery['benchmark'];
type Recommendation = NonNullable<Result['recommendation']>;

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

const INDENT = '  ';
const MODEL_WIDTH = 'THREADS_LOCKED'.length;
/** Everything of a line but its bar, with the spaces between. */
const FIXED_WIDTH = 63;
const MIN_BAR = 6;
const MAX_BAR = 40;

/** The answer in one sentence, the ranking, and each warning once with what to do about it. */
export function answerLines(result: Result, screen: Screen): string[] {
  const { recommendation, cells } = result;
  const { answer, explanation } = answerParts(recommendation?.reason ?? missingAnswer(cells));
  return [
    ...wrapped(answer, screen.columns).map((line) => screen.paint('strong', line)),
    '',
    ...rankingLines(cells, screen, marksOf(recommendation, cells)),
    ...explanationLines(explanation, cells, screen),
    ...warningLines(cells, screen),
  ];
}

/** The cells by time, fastest first, with a group for each work. */
export function rankingLines(
  cells: readonly RankedCell[],
  screen: Screen,
  marks: ReadonlyMap<string, Recommendation['outcome']> = new Map(),
): string[] {
  const groups = [...Map.groupBy(cells, workKey).values()];
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
  const isVoid = cell.warnings.includes('OUTPUT_MISMATCH');
  const mark = isVoid ? { text: 'void', style: 'doubt' as const } : outcome && MARKS[outcome];
  const bar = barOf(cell, slowest, width);
  // A narrow terminal has room for neither bar nor spread.
  const isNarrow = columns < FIXED_WIDTH + MIN_BAR;
  const columnsOfLine = [
    model.padEnd(MODEL_WIDTH),
    (model === 'SYNC' ? '' : `×${workers}`).padEnd(3),
    ...(isNarrow ? [] : [mark ? paint(mark.style, bar) : bar]),
    milliseconds(medianMs).padStart(8),
    ...(isNarrow ? [] : [spread.padStart(7)]),
    // Single samples give no interval, and no speed-up is shown without one.
    (speedup === null || !medianInterval || isVoid ? '' : times(speedup)).padStart(7),
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

/** The cells that the recommendation names. SYNC is measured at one number of workers or at several, all the same. */
function marksOf(
  recommendation: Recommendation | null,
  cells: readonly RankedCell[],
): Map<string, Recommendation['outcome']> {
  if (!recommendation) return new Map();
  const { model, workers, engine, outcome, alternatives } = recommendation;
  const ofEngine = cells.filter((cell) => cell.engine === engine);
  const imageCount = Math.max(...ofEngine.map((cell) => cell.imageCount));
  const chosen = ofEngine.find(
    (cell) =>
      cell.imageCount === imageCount &&
      cell.model === model &&
      (model === 'SYNC' || cell.workers === workers),
  );
  const named = [...(chosen ? [chosen] : []), ...alternatives];
  return new Map(
    cells
      .filter((cell) => named.some((one) => isSameEntry(one, cell)))
      .map((cell) => [cellKey(cell), outcome]),
  );
}

/** Whether a named cell is this one; a named SYNC is all of its work. */
const isSameEntry = (named: Cell, cell: Cell): boolean =>
  workKey(named) === workKey(cell) &&
  named.model === cell.model &&
  (cell.model === 'SYNC' || named.workers === cell.workers);

/** The figures behind the answer. Its warnings are left to the list of all warnings, so that each is printed once. */
function explanationLines(text: string, cells: Result['cells'], { columns }: Screen): string[] {
  const warnings = cells.flatMap(({ doubts }) =>
    doubts.flatMap(({ warning, meaning, advice }) => [
      `${warning}: ${meaning} ${advice}`,
      `${warning}: ${meaning}`,
    ]),
  );
  const explanation = warnings
    .reduce((left, warning) => left.replace(warning, ''), text)
    .replaceAll(/ +/g, ' ')
    .trim();
  return explanation === '' ? [] : ['', ...wrapped(explanation, columns)];
}

function warningLines(cells: Result['cells'], { columns, paint }: Screen): string[] {
  const doubts = cells.flatMap((cell) => cell.doubts);
  const byText = Map.groupBy(doubts, ({ warning, meaning }) => `${warning} ${meaning}`);
  const lines = [...byText.values()].flatMap((same) => {
    const [doubt] = same;
    if (!doubt) return [];
    const where = cells.length === 1 ? '' : ` (${same.length} of ${count(cells.length, 'cell')})`;
    const [head = '', ...more] = wrapped(
      `${doubt.warning}${where}: ${doubt.meaning} ${doubt.advice}`,
      columns,
      INDENT,
    );
    return [head.replace(doubt.warning, paint('doubt', doubt.warning)), ...more];
  });
  return lines.length > 0 ? ['', ...lines] : [];
}
