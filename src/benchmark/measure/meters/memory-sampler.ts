import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { familyBytes, hasProcChildren } from './process-tree.js';

/**
 * Samples the resident memory of this process and its children in a separate thread, because the measured event loop
 * may be blocked. Also detects the end of the parent, which a blocked event loop cannot.
 */
export class MemorySampler {
  readonly #peak = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT));
  readonly #thread: Worker;

  /** @param parentPid the process whose death ends this one and its process group */
  constructor(parentPid: number) {
    this.#thread = new Worker(new URL(import.meta.url), { workerData: { peak: this.#peak, parentPid } });
  }

  /** Resets the peak. */
  reset(): void {
    this.#peak[0] = 0;
  }

  /** Returns the highest value since the reset, including the current one. */
  peakBytes(): number {
    return Math.max(this.#peak[0] ?? 0, familyBytes());
  }

  async stop(): Promise<void> {
    await this.#thread.terminate();
  }
}

/** Listing all processes with `ps` must not affect the measurement. */
const INTERVAL_MS = hasProcChildren ? 20 : 1000;

interface Watch {
  peak: Float64Array;
  parentPid: number;
}

/** Reading takes milliseconds, so the peak is read afterwards, in case it was reset meanwhile. */
export function raise(peak: Float64Array, read: () => number): void {
  const bytes = read();
  peak[0] = Math.max(peak[0] ?? 0, bytes);
}

function watch({ peak, parentPid }: Watch): void {
  const timer = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  while (process.ppid === parentPid) {
    raise(peak, familyBytes);
    Atomics.wait(timer, 0, 0, INTERVAL_MS);
  }
  // The host leads a process group, so that its children go with it.
  process.kill(-process.pid, 'SIGKILL');
}

if (!isMainThread && workerData?.peak instanceof Float64Array) watch(workerData);
