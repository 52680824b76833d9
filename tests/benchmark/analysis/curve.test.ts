import { describe, expect, it } from '@jest/globals';
import { analyse } from '../../../src/benchmark/analysis/analyse.js';
import { uslThroughput } from '../../../src/benchmark/statistics/usl.js';
import { around, samplesOf } from '../samples.js';

const LAW = { throughputOfOne: 20, contention: 0.08, coherency: 0.004 };

/** A run of SYNC and THREADS on a machine with this number of processors, by the law. */
function run(processors: number, workers: number[], startupMs = 50) {
  const sync = samplesOf({ model: 'SYNC', workers: 1, startupMs: 50 }, around(500));
  const threads = workers.flatMap((count) =>
    samplesOf({ workers: count, startupMs }, around(10_000 / uslThroughput(LAW, count))),
  );
  return analyse({ samples: [...sync, ...threads], processors, status: 'COMPLETED' });
}
const threads = (...given: Parameters<typeof run>) =>
  run(...given).scaling.find(({ model }) => model === 'THREADS');

describe('the curve of a model', () => {
  it('is fitted up to the number of processors, and stated in words', () => {
    const fit = threads(16, [1, 2, 4, 8, 16, 64]);
    expect(fit?.usl?.contention).toBeCloseTo(0.08, 2);
    expect(fit?.usl?.coherency).toBeCloseTo(0.004, 3);
    expect(fit?.usl?.contentionInterval).not.toBeNull();
    expect(fit?.usl?.peakWorkers).toBeCloseTo(15.2, 0);
    expect(fit?.verdict).toMatch(/The fitted curve .* has 8 % contention .* highest with about 15 workers\./);
    expect(fit?.doubts).toEqual([]);
  });

  it.each([
    [2, [1, 2, 4, 8]],
    [16, [1, 2, 4]],
  ])('is not fitted on %d processors with %j workers', (processors, workers) => {
    const fit = threads(processors, workers);
    expect(fit?.usl).toBeNull();
    expect(fit?.doubts).toMatchObject([{ warning: 'TOO_FEW_POINTS', advice: expect.any(String) }]);
    expect(fit?.verdict).not.toContain('curve');
  });
});

describe('the break-even', () => {
  it('is the number of tasks that repays the start-up', () => {
    // SYNC takes 50 ms a task, two threads 27.2 ms: 200 ms more start-up are repaid by the ninth task.
    const fit = threads(2, [2], 250);
    expect(fit?.breakEvenTasks).toBe(9);
    expect(fit?.verdict).toContain('THREADS with 2 workers is faster than SYNC from 9 images on.');
  });

  it('is one task where the start-up costs nothing more', () => {
    expect(threads(2, [2], 50)?.breakEvenTasks).toBe(1);
  });

  it('is null for SYNC, and for a model that is slower', () => {
    const { scaling } = analyse({
      samples: [
        ...samplesOf({ model: 'SYNC', workers: 1 }, around(100)),
        ...samplesOf({ workers: 2 }, around(120)),
      ],
      processors: 2,
      status: 'COMPLETED',
    });
    expect(scaling.map(({ breakEvenTasks }) => breakEvenTasks)).toEqual([null, null]);
  });
});
