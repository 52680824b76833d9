import { answerParts, missingAnswer } from '../../benchmark/analysis/answer-sentence.js';
import { count } from '../../benchmark/analysis/format-numbers.js';
import { timeLimitText } from '../../benchmark/analysis/time-limit.js';
import { type Cell, cellKey, workKey } from '../../benchmark/cell.js';
import type { BenchmarkResultQuery } from '../generated/graphql.js';
import {
  INDENT,
  type RankedCell,
  type Recommendation,
  rankedCells,
  rankingKey,
  rankingLines,
  type Screen,
} from './ranking.js';
import { wrapped } from './terminal.js';

type Result = BenchmarkResultQuery['benchmark'];

/** The answer in one sentence, the ranking, and each warning once with what to do about it. */
export function answerLines(result: Result, screen: Screen): string[] {
  const { recommendation, cells } = result;
  const key = rankingKey(cells, screen.columns);
  const limit = timeLimitText(result, result.status);
  const { answer, explanation } = answerParts(recommendation?.reason ?? missingAnswer(cells));
  return [
    ...wrapped(answer, screen.columns).map((line) => screen.paint('strong', line)),
    '',
    ...rankingLines(cells, screen, marksOf(recommendation, rankedCells(cells))),
    ...(key === null ? [] : ['', ...wrapped(key, screen.columns).map((line) => screen.paint('faint', line))]),
    ...explanationLines(explanation, cells, screen),
    ...(limit === '' ? [] : ['', ...wrapped(limit, screen.columns)]),
    ...warningLines(cells, screen),
  ];
}

/** The cells that the recommendation names. */
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
