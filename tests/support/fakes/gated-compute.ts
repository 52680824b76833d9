import type { ComputeOptions, ComputeRequest, ComputeResult } from '../../../src/execution/compute.js';
import { cancelled } from '../../../src/execution/workers/worker-lost.js';
import { InProcessCompute } from './in-process-compute.js';

/** Real imaging whose calls a test counts, holds back or fails. */
export class GatedCompute extends InProcessCompute {
  /** Every request so far. */
  readonly requests: ComputeRequest[] = [];
  cancelled = 0;
  running = 0;
  mostRunning = 0;
  /** Calls wait for it. */
  gate: Promise<unknown> = Promise.resolve();

  override async process(request: ComputeRequest, options: ComputeOptions = {}): Promise<ComputeResult> {
    this.requests.push(request);
    this.mostRunning = Math.max(this.mostRunning, ++this.running);
    try {
      await Promise.race([this.gate, aborted(options.signal)]);
      if (options.signal?.aborted) {
        this.cancelled++;
        throw cancelled();
      }
      return await super.process(request);
    } finally {
      this.running--;
    }
  }
}

function aborted(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => signal?.addEventListener('abort', () => resolve(), { once: true }));
}
