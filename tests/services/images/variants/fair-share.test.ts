import { describe, expect, it } from '@jest/globals';
import { fairShare } from '../../../../src/services/images/variants/fair-share.js';

const kept = (bytes: readonly number[], target: number) => {
  const share = fairShare(bytes, target);
  return bytes.map((own) => Math.min(own, share));
};

describe('the fair share of the variant cache', () => {
  it.each<[string, number[], number, number[]]>([
    ['leaves everything where all fits', [10, 20, 30], 60, [10, 20, 30]],
    ['takes from the largest owner alone', [10, 20, 900], 100, [10, 20, 70]],
    ['takes from several owners equally', [10, 500, 900], 110, [10, 50, 50]],
    ['divides equally among equal owners', [50, 50], 60, [30, 30]],
    ['takes all of one owner where there is no room', [50], 0, [0]],
    ['has nobody to take from', [], 10, []],
  ])('%s', (_, bytes, target, expected) => {
    expect(kept(bytes, target)).toEqual(expected);
  });

  it('keeps as much as the target for any owners', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const bytes = Array.from({ length: 1 + (seed % 9) }, (_, i) => (seed * 7_919 * (i + 1)) % 1_000);
      const target = (seed * 37) % 3_000;
      const sum = kept(bytes, target).reduce((total, own) => total + own, 0);
      const all = bytes.reduce((total, own) => total + own, 0);
      expect(sum).toBeCloseTo(Math.min(all, target), 6);
    }
  });
});
