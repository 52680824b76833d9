import type { Cell } from '../../../src/benchmark/cell.js';
import type { TracedMeasurement } from '../../../src/benchmark/sample.js';
import type { SampleRunner } from '../../../src/benchmark/sample-runner.js';
import { AppError } from '../../../src/errors.js';

/** Returns invented samples, at once or when the test lets it continue. */
export class VirtualRunner implements SampleRunner {
  /** Cells whose samples have started, in order. */
  readonly begun: Cell[] = [];
  running = 0;
  mostRunning = 0;
  /** Index of the sample that hangs until it is aborted (default: none). */
  hangAt: number | undefined;
  /** Promises that samples wait for, by the index of the sample. */
  readonly held = new Map<number, Promise<unknown>>();
  /** Error that every sample fails with. */
  failure: Error | undefined;

  async measure(cell: Cell, { signal }: { signal?: AbortSignal } = {}): Promise<TracedMeasurement> {
    const index = this.begun.push(cell) - 1;
    this.mostRunning = Math.max(this.mostRunning, ++this.running);
    try {
      if (this.failure) throw this.failure;
      if (index === this.hangAt) await aborted(signal);
      await this.held.get(index);
      await new Promise(setImmediate);
      return measurement(cell, index);
    } finally {
      this.running--;
    }
  }
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const stop = () => reject(new AppError('CANCELLED', 'stopped'));
    if (signal?.aborted) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}

/** THREADS and PROCESSES scale, with a little noise. */
function measurement({ model, imageCount, workers }: Cell, index: number): TracedMeasurement {
  const parallel = model === 'THREADS' || model === 'PROCESSES' ? workers : 1;
  const wallMs = (imageCount * 30 * (1 + (index % 3) / 100)) / parallel;
  return {
    wallMs,
    startupMs: 100,
    computeMs: wallMs * parallel,
    lockWaitMs: 0,
    waitMs: 0,
    dispatchMs: 0.1,
    cpuMs: wallMs * parallel,
    cpuPerCoreMs: [wallMs],
    peakRssBytes: 2 ** 27,
    eventLoopDelayP99Ms: 1,
    eventLoopUtilization: 0.1,
    otherCpuShare: 0,
    outputDigest: String(imageCount),
    trace: {
      timeline: Array.from({ length: imageCount }, (_, task) => ({
        task,
        worker: task % parallel,
        queuedMs: 0,
        startMs: 30 * Math.floor(task / parallel),
        lockWaitMs: 0,
        computeMs: 30,
        endMs: 30 * (Math.floor(task / parallel) + 1),
      })),
      eventLoopDelaysMs: [0, 1],
    },
  };
}
