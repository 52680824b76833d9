import { HostSampleRunner } from '../../src/benchmark/measure/host.sample-runner.js';
import { seededRandom, seedFrom } from '../../src/benchmark/statistics/random.js';
import { type Measure, TASKS } from './trial.js';

/** Some 9 ms a task, so that a batch takes 0.2 to 0.4 seconds: times of shorter ones vary more, and leave rows undecided. */
const FIBONACCI_N = 31;
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

/** Samples for which other programs use the processors, and then for which they do not: about one benchmark. */
const PHASE_SAMPLES = 300;

/** A drift keeps 1/e of itself over so many samples: as many as a benchmark takes. */
const DRIFT_SAMPLES = 250;

/** What happens on a simulated machine besides the noise. */
interface Disturbance {
  /** Share of the processors that other programs use in every second phase; they make a sample 1 / (1 - share) times as long. */
  busyShare?: number;
  /** Standard deviation of a slow drift of the speed, relative to it, which leaves no trace in any other figure. */
  drift?: number;
}

/**
 * Draws times instead of measuring them.
 *
 * @param deviation scale of the noise, relative to the time; 0.02 is 2 %
 */
export function simulatedMachine(
  noise: Noise,
  deviation: number,
  seed: number,
  { busyShare = 0, drift = 0 }: Disturbance = {},
): Measure {
  // The first draws of small seeds are far from the mean.
  const below = seededRandom(seedFrom(`machine ${seed}`));
  const next: Draw = () => below(2 ** 30) / 2 ** 30;
  let measured = 0;
  // A random walk that returns to its mean (Ornstein-Uhlenbeck process).
  const kept = Math.exp(-1 / DRIFT_SAMPLES);
  let drifted = NOISES.normal(next);
  return async (_cell, workFactor) => {
    const isBusy = Math.floor(measured++ / PHASE_SAMPLES) % 2 === 1;
    const otherCpuShare = isBusy ? busyShare : 0;
    drifted = kept * drifted + Math.sqrt(1 - kept ** 2) * NOISES.normal(next);
    const aloneMs = SIMULATED_MS * workFactor * (1 + drift * drifted) * (1 + deviation * NOISES[noise](next));
    return { wallMs: aloneMs / (1 - otherCpuShare), otherCpuShare };
  };
}
