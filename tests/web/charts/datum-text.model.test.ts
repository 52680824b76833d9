import { describe, expect, it } from '@jest/globals';
import { datumText } from '../../../web/charts/datum-text.model.js';

describe('the tooltip of a mark', () => {
  it('names the mark, its figure and its interval', () => {
    expect(datumText({ name: 'THREADS ×2', value: 61.234, low: 60, high: 63 })).toBe(
      'THREADS ×2: 61.2, 95 % interval 60 to 63',
    );
    expect(datumText({ row: 'SYNC ×1', part: 'Compute', order: 0, time: 1.5, time_start: 0 })).toBe(
      'SYNC ×1: Compute, time 1.5',
    );
    expect(datumText({ row: 'THREADS ×2: 0', part: 'Compute', from: 0.1, to: 0.25 })).toBe(
      'THREADS ×2: 0: Compute, 0.1 to 0.25',
    );
    expect(datumText({ model: 'THREADS', workers: 4, value: 3.2, low: 3.2, high: 3.2 })).toBe(
      'THREADS: workers 4, 3.2',
    );
  });

  it('says nothing about marks without a name', () => {
    for (const datum of [undefined, null, 'text', { value: 1 }, {}]) expect(datumText(datum)).toBeUndefined();
  });
});
