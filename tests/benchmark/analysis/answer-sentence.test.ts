import { describe, expect, it } from '@jest/globals';
import { missingAnswer } from '../../../src/benchmark/analysis/answer-sentence.js';
import { report } from '../export/record.js';
import { samplesOf } from '../samples.js';

describe('a run without a recommendation', () => {
  it('has no answer where equal work gave a different result in every sample', () => {
    const samples = (['SYNC', 'THREADS'] as const)
      .flatMap((model) => samplesOf({ model }, [100, 101, 102, 103, 104]))
      .map((sample, index) => ({ ...sample, outputDigest: `digest${index}` }));
    const { recommendation, cells } = report({ samples });
    expect(recommendation).toBeNull();
    expect(missingAnswer(cells)).toBe(
      'No answer: equal work gave different results, so that every cell is void.',
    );
  });

  it('has no answer where too little was measured', () => {
    const { recommendation, cells } = report({ samples: samplesOf({}, [100]), status: 'CANCELLED' });
    expect(recommendation).toBeNull();
    expect(missingAnswer(cells)).toBe('No answer: too little was measured.');
    expect(missingAnswer([])).toBe('No answer: too little was measured.');
  });
});
