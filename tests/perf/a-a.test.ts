import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { KeptBenchmarks } from '../../perf/a-a/kept.js';
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
    expect(equal.doubted + slower.doubted).toBe(0);
  });

  it('call nothing faster or slower that phases with other programs can explain', async () => {
    const { equal, slower } = await trial(simulatedMachine('normal', 0.02, 7, 0.3), () => undefined);
    expect(equal.FASTER + equal.SLOWER).toBeLessThanOrEqual(1);
    expect(equal.doubted).toBeGreaterThan(0);
    expect(slower.FASTER).toBe(0);
  });
});

it('resumes a trial after the benchmarks that were measured, with the same verdicts', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'a-a-test-'));
  try {
    const file = join(folder, 'kept.jsonl');
    const machine = simulatedMachine('normal', 0.02, 3);
    let left = 400;
    const interrupted = trial(
      async (...sample) => {
        if (left-- === 0) throw new Error('interrupted');
        return machine(...sample);
      },
      () => undefined,
      1,
      new KeptBenchmarks(file),
    );
    await expect(interrupted).rejects.toThrow('interrupted');
    const resumed = await trial(machine, () => undefined, 1, new KeptBenchmarks(file));
    const again = await trial(
      () => Promise.reject(new Error('measured again')),
      () => undefined,
      1,
      new KeptBenchmarks(file),
    );
    expect(again).toEqual(resumed);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
