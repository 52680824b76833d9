import { median } from 'simple-statistics';
import type { ComparisonRow } from '../analysis/comparison/comparison.js';
import { count, percent } from '../analysis/format-numbers.js';

/**
 * SYNC uses no concurrency, so a change of its time is a change of the machine or the work, not of a model. Nothing where
 * its times are indistinguishable.
 */
export function syncChange(rows: readonly ComparisonRow[]): string[] {
  const ofSync = rows.filter(({ model }) => model === 'SYNC');
  if (ofSync.every(({ verdict }) => verdict === 'INDISTINGUISHABLE')) return [];
  const ratios = ofSync.map(({ ratio }) => ratio);
  const longer = 1 / median(ratios) - 1;
  const change = `${percent(Math.abs(longer))} ${longer >= 0 ? 'slower' : 'faster'}`;
  return [
    `SYNC itself is ${change} (median of ${count(ratios.length, 'cell')}): a change of the machine or of the work, not of a model.`,
  ];
}
