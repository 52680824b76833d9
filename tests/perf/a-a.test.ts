import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { KeptSamples } from '../../perf/a-a/kept-samples.js';
import { type Noise, simulatedMachine } from '../../perf/a-a/machines.js';
import { inTurn, oneAfterAnother, type Schedule, SimulatedLine } from '../../perf/a-a/schedule.js';
import { trial } from '../../perf/a-a/trial.js';

function simulatedTurns(): Schedule {
  const line = new SimulatedLine();
  return inTurn(() => line.turns(), 0);
}

/** Simulated samples: real ones are `npm run perf a-a real`. */
describe('100 comparisons of benchmarks with adaptive repetitions', () => {
  it.each<[Noise, number, number]>([
    ['normal', 0.003, 0],
    ['normal', 0.02, 0],
    ['skewed', 0.02, 0],
    ['outliers', 0.02, 0],
    ['normal', 0.02, 0.03],
  ])(
    'find nothing in equal work, and 5 %% more work, with %s noise of %d and a drift of %d',
    async (noise, deviation, drift) => {
      const machine = simulatedMachine(noise, deviation, 7, { drift });
      const { equal, slower } = await trial(machine, simulatedTurns());
      expect(equal.INDISTINGUISHABLE).toBeGreaterThanOrEqual(90);
      expect(equal.FASTER + equal.SLOWER).toBeLessThanOrEqual(1);
      expect(slower.SLOWER).toBeGreaterThanOrEqual(80);
      expect(slower.FASTER).toBe(0);
      expect(equal.doubted + slower.doubted).toBe(0);
    },
  );

  it('are wrong about equal work on a machine that drifts, where they are measured one after another', async () => {
    const machine = simulatedMachine('normal', 0.02, 7, { drift: 0.03 });
    const { equal } = await trial(machine, oneAfterAnother);
    expect(equal.FASTER + equal.SLOWER).toBeGreaterThan(10);
  });

  it('call nothing faster or slower that phases with other programs can explain', async () => {
    const machine = simulatedMachine('normal', 0.02, 7, { busyShare: 0.3 });
    const { equal, slower } = await trial(machine, oneAfterAnother);
    expect(equal.FASTER + equal.SLOWER).toBeLessThanOrEqual(1);
    expect(equal.doubted).toBeGreaterThan(0);
    expect(slower.FASTER).toBe(0);
  });
});

it('resumes a trial after the samples that were measured, with the same verdicts', async () => {
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
      oneAfterAnother,
      undefined,
      new KeptSamples(file),
    );
    await expect(interrupted).rejects.toThrow('interrupted');
    const resumed = await trial(machine, simulatedTurns(), undefined, new KeptSamples(file));
    const measuredAgain = () => Promise.reject(new Error('measured again'));
    const again = await trial(measuredAgain, simulatedTurns(), undefined, new KeptSamples(file));
    expect(again).toEqual(resumed);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
