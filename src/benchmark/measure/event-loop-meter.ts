import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';

/** How often a timer is set to see how late it fires. */
const RESOLUTION_MS = 5;
/** The histogram counts from one firing to the next: before the first and after the last it sees nothing. */
const SETTLE_MS = 3 * RESOLUTION_MS;

export interface LoopFigures {
  eventLoopDelayP99Ms: number;
  eventLoopUtilization: number;
}

/** Measures the event loop that it is used on. */
export class EventLoopMeter {
  readonly #histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  #begin = performance.eventLoopUtilization();

  async begin(): Promise<void> {
    this.#histogram.enable();
    await delay(SETTLE_MS);
    this.#begin = performance.eventLoopUtilization();
  }

  async end(): Promise<LoopFigures> {
    const { utilization } = performance.eventLoopUtilization(this.#begin);
    await delay(SETTLE_MS);
    this.#histogram.disable();
    // What is recorded is the time between two firings, the wanted pause included.
    const lateMs = this.#histogram.percentile(99) / 1e6 - RESOLUTION_MS;
    return { eventLoopDelayP99Ms: Math.max(0, lateMs), eventLoopUtilization: utilization };
  }
}
