import { describe, expect, it } from '@jest/globals';
import type { ComparisonRow, ComparisonVerdict } from '../../src/benchmark/analysis/comparison/comparison.js';
import { againstSentence } from '../../src/cli/gate/against-sentence.js';

const row = (verdict: ComparisonVerdict, ratio: number) => ({ verdict, ratio }) as ComparisonRow;

describe('the sentence of a task against another one', () => {
  it('counts the cells by verdict, and says how the times differ', () => {
    const rows = [row('FASTER', 1.25), row('FASTER', 1.25), row('INDISTINGUISHABLE', 1)];
    expect(againstSentence('new.mjs', 'old.mjs', rows)).toBe(
      'new.mjs against old.mjs, of 3 cells: faster in 2, within 5 % in 1; times 20 % shorter (median).',
    );
    expect(againstSentence('a', 'b', [row('SLOWER', 0.5), row('INCONCLUSIVE', 0.5)])).toBe(
      'a against b, of 2 cells: slower in 1, not decided in 1; times 2x as long (median).',
    );
  });

  it('says so where nothing was compared', () => {
    expect(againstSentence('a', 'b', [])).toBe('a was not compared with b.');
  });
});
