import { describe, expect, it } from '@jest/globals';
import { median } from 'simple-statistics';
import { seededRandom } from '../../../src/benchmark/statistics/random.js';
import {
  fitUsl,
  peakWorkers,
  type UslParameters,
  uslIntervals,
  uslThroughput,
} from '../../../src/benchmark/statistics/usl.js';

const WORKERS = [1, 2, 4, 8, 16, 32];
const points = (parameters: UslParameters, workers = WORKERS) =>
  workers.map((count) => ({ workers: count, perSecond: uslThroughput(parameters, count) }));

describe('the fit of the Universal Scalability Law', () => {
  it.each<[number, number, number]>([
    [100, 0.05, 0.001],
    [8.3, 0.2, 0.01],
    [1000, 0.02, 0.0001],
    [50, 0.5, 0.0005],
    [40, 0.1, 0],
    [40, 0, 0.002],
    [40, 0, 0],
  ])('recovers λ = %d, σ = %d, κ = %d within 2 %%', (throughputOfOne, contention, coherency) => {
    const fit = fitUsl(points({ throughputOfOne, contention, coherency }));
    const near = (value: number | undefined, expected: number) =>
      expect(Math.abs((value ?? Number.NaN) - expected)).toBeLessThanOrEqual(0.02 * expected + 1e-9);
    near(fit?.throughputOfOne, throughputOfOne);
    near(fit?.contention, contention);
    near(fit?.coherency, coherency);
  });

  it('never has a negative parameter, where throughput is more than linear', () => {
    const fit = fitUsl(WORKERS.map((workers) => ({ workers, perSecond: 10 * workers ** 1.1 })));
    expect(fit?.contention).toBeGreaterThanOrEqual(0);
    expect(fit?.coherency).toBeGreaterThanOrEqual(0);
  });

  it('needs four numbers of workers', () => {
    const parameters = { throughputOfOne: 10, contention: 0.1, coherency: 0.01 };
    expect(fitUsl(points(parameters, [1, 2, 4]))).toBeNull();
    expect(fitUsl(points(parameters, [1, 2, 4, 4]))).toBeNull();
    expect(fitUsl(points(parameters, [1, 2, 3, 4]))).not.toBeNull();
  });

  it('has intervals that contain the true parameters of noisy samples', () => {
    const truth = { throughputOfOne: 100, contention: 0.1, coherency: 0.002 };
    const below = seededRandom(7);
    const noisy = points(truth).map(({ workers, perSecond }) => ({
      workers,
      perSecond: Array.from({ length: 15 }, () => perSecond * (0.99 + below(2001) / 100_000)),
    }));
    const intervals = uslIntervals(noisy, median);
    expect(intervals?.contention.low).toBeLessThanOrEqual(0.1);
    expect(intervals?.contention.high).toBeGreaterThanOrEqual(0.1);
    expect(intervals?.coherency.low).toBeLessThanOrEqual(0.002);
    expect(intervals?.coherency.high).toBeGreaterThanOrEqual(0.002);
    expect((intervals?.contention.high ?? 1) - (intervals?.contention.low ?? 0)).toBeLessThan(0.05);
  });

  it('has its peak at the root of (1 - σ) / κ', () => {
    expect(peakWorkers({ throughputOfOne: 1, contention: 0.19, coherency: 0.01 })).toBeCloseTo(9, 9);
    expect(peakWorkers({ throughputOfOne: 1, contention: 0.1, coherency: 0 })).toBeNull();
    expect(peakWorkers({ throughputOfOne: 1, contention: 0, coherency: 1e-9 })).toBeNull();
  });
});
