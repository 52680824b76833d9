import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { DelaySeries } from './delay-series.js';

/** Interval of the timers whose delay is measured. */
const RESOLUTION_MS = 5;
/** The histogram records the time between two timers, so it lacks the time before the first and after the last one. */
const SETTLE_MS = 3 * RESOLUTION_MS;

export interface LoopFigures {
  eventLoopDelayP99Ms: number;
  eventLoopUtilization: number;
  /** Delays in order of time, at most 100 values; each is the maximum of its interval. */
  eventLoopDelaysMs: number[];
}

/** Measures the event loop of the calling thread. */
export class EventLoopMeter {
  readonly #histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  readonly #series = new DelaySeries();
  #begin = performance.eventLoopUtilization();
  #timer: NodeJS.Timeout | undefined;

  async begin(): Promise<void> {
    this.#histogram.enable();
    await delay(SETTLE_MS);
    this.#begin = performance.eventLoopUtilization();
    let due = performance.now() + RESOLUTION_MS;
    this.#timer = setInterval(() => {
      const now = performance.now();
      this.#series.add(now - due);
      due = now + RESOLUTION_MS;
    }, RESOLUTION_MS);
  }

  async end(): Promise<LoopFigures> {
    const { utilization } = performance.eventLoopUtilization(this.#begin);
    await delay(SETTLE_MS);
    clearInterval(this.#timer);
    this.#histogram.disable();
    // The histogram records the time between two timers, which includes the interval itself.
    const lateMs = this.#histogram.percentile(99) / 1e6 - RESOLUTION_MS;
    return {
      eventLoopDelayP99Ms: Math.max(0, lateMs),
      eventLoopUtilization: utilization,
      eventLoopDelaysMs: this.#series.values(),
    };
  }
}
