import { median } from 'simple-statistics';
import {
  COMPARISON_VERDICTS,
  type ComparisonRow,
  type ComparisonVerdict,
  EQUIVALENCE,
} from '../../benchmark/analysis/comparison/comparison.js';
import { count, figure, percent } from '../../benchmark/analysis/format-numbers.js';

const WORDS: Readonly<Record<ComparisonVerdict, string>> = {
  FASTER: 'faster',
  SLOWER: 'slower',
  INDISTINGUISHABLE: `within ${percent(EQUIVALENCE.high - 1)}`,
  INCONCLUSIVE: 'not decided',
};

/** How a task module compares with another one, in one sentence. Empty where no cell was compared. */
export function againstSentence(task: string, against: string, rows: readonly ComparisonRow[]): string {
  if (rows.length === 0) return `${task} was not compared with ${against}.`;
  const cells = COMPARISON_VERDICTS.flatMap((verdict) => {
    const { length } = rows.filter((row) => row.verdict === verdict);
    return length === 0 ? [] : [`${WORDS[verdict]} in ${length}`];
  });
  const times = changeText(1 / median(rows.map(({ ratio }) => ratio)));
  return `${task} against ${against}, of ${count(rows.length, 'cell')}: ${cells.join(', ')}; times ${times} (median).`;
}

/** @param factor time over that of the baseline */
function changeText(factor: number): string {
  if (factor >= 2) return `${figure(factor)}x as long`;
  return `${percent(Math.abs(factor - 1))} ${factor < 1 ? 'shorter' : 'longer'}`;
}
