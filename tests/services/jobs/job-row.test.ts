import { describe, expect, it } from '@jest/globals';
import type { Job } from '../../../src/entities/job.entity.js';
import { chunksOf } from '../../../src/services/jobs/job-row.js';

describe('the entries of a job', () => {
  const job = { id: 'j', owner: { id: 'o' }, round: 2 } as Job;
  const sizes = (items: number): number[] =>
    chunksOf(
      job,
      Array.from({ length: items }, (_, position) => position),
    ).map(({ positions }) => positions.length);

  it.each<[items: number, chunks: number, largest: number]>([
    [0, 0, 0],
    [1, 1, 1],
    [20, 5, 4],
    [100, 15, 7],
    [300, 19, 16],
    [1_000, 63, 16],
  ])('split %i items so that machines share them and claims stay cheap', (items, chunks, largest) => {
    expect(sizes(items)).toHaveLength(chunks);
    expect(Math.max(0, ...sizes(items))).toBe(largest);
  });

  it('hold each position once, in order of their turns', () => {
    const entries = chunksOf(job, [3, 5, 8, 9, 11, 12]);
    expect(entries).toEqual([
      { jobId: 'j', ownerId: 'o', round: 2, turn: 0, positions: [3, 5, 8, 9] },
      { jobId: 'j', ownerId: 'o', round: 2, turn: 1, positions: [11, 12] },
    ]);
  });
});
