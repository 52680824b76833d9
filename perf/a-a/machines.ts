import { HostSampleRunner } from '../../src/benchmark/measure/host.sample-runner.js';
import { seededRandom } from '../../src/benchmark/statistics/random.js';
import { type Measure, TASKS } from './trial.js';

/** Some 4 ms a task, so that a batch takes a tenth of a second. */
const FIBONACCI_N = 28;
const SIMULATED_MS = 500;

/** Real samples: each in a process of its own. More work is more tasks. */
export function realMachine(): Measure {
  const runner = new HostSampleRunner({ workload: 'FIBONACCI', n: FIBONACCI_N });
  return async (cell, workFactor) => {
    const imageCount = Math.round(TASKS * workFactor);
    return runner.measure({ ...cell, imageCount });
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

/** Samples for which other programs use the processors, and then for which they do not: several benchmarks. */
const PHASE_SAMPLES = 1000;

/**
 * Draws times instead of measuring them.
 *
 * @param deviation scale of the noise, relative to the time; 0.02 is 2 %
 * @param busyShare share of the processors that other programs use in every second phase of 1,000 samples; they make a
 * sample 1 / (1 - share) times as long
 */
export function simulatedMachine(noise: Noise, deviation: number, seed: number, busyShare = 0): Measure {
  const below = seededRandom(seed);
  const next: Draw = () => below(2 ** 30) / 2 ** 30;
  let measured = 0;
  return async (_cell, workFactor) => {
    const isBusy = Math.floor(measured++ / PHASE_SAMPLES) % 2 === 1;
    const otherCpuShare = isBusy ? busyShare : 0;
    const aloneMs = SIMULATED_MS * workFactor * (1 + deviation * NOISES[noise](next));
    return { wallMs: aloneMs / (1 - otherCpuShare), otherCpuShare };
  };
}
