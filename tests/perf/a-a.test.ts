import { describe, expect, it } from '@jest/globals';
import { type Noise, simulatedMachine } from '../../perf/a-a/machines.js';
import { trial } from '../../perf/a-a/trial.js';

/** Simulated samples: real ones are `npm run perf a-a real`. */
describe('100 comparisons of benchmarks with adaptive repetitions', () => {
  it.each<[Noise, number]>([
    ['normal', 0.003],
    ['normal', 0.02],
    ['skewed', 0.02],
    ['outliers', 0.02],
  ])('find nothing in equal work, and 5 %% more work, with %s noise of %d', async (noise, deviation) => {
    const { equal, slower } = await trial(simulatedMachine(noise, deviation, 7), () => undefined);
    expect(equal.INDISTINGUISHABLE).toBeGreaterThanOrEqual(90);
    expect(equal.FASTER + equal.SLOWER).toBeLessThanOrEqual(1);
    expect(slower.SLOWER).toBeGreaterThanOrEqual(80);
    expect(slower.FASTER).toBe(0);
  });
});
