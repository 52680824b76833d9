import type { MeterFigures, Meters } from '../measure.js';
import { otherShare, perProcessor } from './cpu-shares.js';
import { EventLoopMeter } from './event-loop-meter.js';
import { MemorySampler } from './memory-sampler.js';
import { descendants } from './process-tree.js';
import { processorTimes, quotaProcessors, throttledMs } from './processors.js';

/** Measures this process, its threads and its children. */
export class HostMeters implements Meters {
  readonly #memory: MemorySampler;
  readonly #loop = new EventLoopMeter();
  #processors = processorTimes();
  #cpuMs = 0;
  #throttledMs: number | null = null;

  constructor(parentPid: number) {
    this.#memory = new MemorySampler(parentPid);
  }

  async begin(): Promise<void> {
    await this.#loop.begin();
    this.#memory.reset();
    this.#processors = processorTimes();
    this.#cpuMs = ownCpuMs();
    this.#throttledMs = throttledMs();
  }

  async end(): Promise<MeterFigures> {
    const cpuMs = Math.max(0, ownCpuMs() - this.#cpuMs);
    const processors = processorTimes();
    const throttled = throttledMs();
    const peakRssBytes = this.#memory.peakBytes();
    const loop = await this.#loop.end();
    await this.#memory.stop();
    return {
      ...loop,
      cpuMs,
      cpuPerCoreMs: perProcessor(this.#processors, processors, cpuMs),
      peakRssBytes,
      otherCpuShare: otherShare(this.#processors, processors, cpuMs, quotaProcessors()),
      throttledMs: throttled === null ? null : Math.max(0, throttled - (this.#throttledMs ?? throttled)),
    };
  }
}

/** Microseconds for this process with all its threads; ticks for its children. */
function ownCpuMs(): number {
  const { user, system } = process.cpuUsage();
  return descendants().reduce((sum, { cpuMs }) => sum + cpuMs, (user + system) / 1000);
}
