import { HostSampleRunner } from '../../src/benchmark/measure/host.sample-runner.js';
import { seededRandom } from '../../src/benchmark/statistics/random.js';
import { type MeasureWall, TASKS } from './trial.js';

/** Some 4 ms a task, so that a batch takes a tenth of a second. */
const FIBONACCI_N = 28;
const SIMULATED_MS = 500;

/** Real samples: each in a process of its own. More work is more tasks. */
export function realMachine(): MeasureWall {
  const runner = new HostSampleRunner({ workload: 'FIBONACCI', n: FIBONACCI_N });
  return async (cell, workFactor) => {
    const imageCount = Math.round(TASKS * workFactor);
    return (await runner.measure({ ...cell, imageCount })).wallMs;
  };
}

/** Draws from [0, 1). */
type Draw = () => number;

export type Noise = 'normal' | 'skewed' | 'outliers';

/** How the samples of a simulated machine vary around their time. */
export const NOISES: Record<Noise, (next: Draw) => number> = {
  /** Normal distribution. */
  normal: (next: Draw) => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  /** Never faster than the undisturbed time, as most real noise: exponential distribution. */
  skewed: (next: Draw) => -Math.log(1 - next()),
  /** One sample in ten is far slower. */
  outliers: (next: Draw) => (next() < 0.1 ? 10 * next() : NOISES.normal(next)),
};

/** Draws times instead of measuring them. `deviation`: scale of the noise, relative to the time; 0.02 is 2 %. */
export function simulatedMachine(noise: Noise, deviation: number, seed: number): MeasureWall {
  const below = seededRandom(seed);
  const next: Draw = () => below(2 ** 30) / 2 ** 30;
  return async (_cell, workFactor) => SIMULATED_MS * workFactor * (1 + deviation * NOISES[noise](next));
}
