import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { familyBytes, hasProcChildren } from './process-tree.js';

/**
 * Watches the resident memory of this process and its children from a thread of its own, as the loop that is
 * measured may be blocked. It watches for the parent's death too: a blocked loop does not hear of it.
 */
export class MemorySampler {
  readonly #peak = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT));
  readonly #thread: Worker;

  /** @param parentPid the process whose death ends this one and its process group */
  constructor(parentPid: number) {
    this.#thread = new Worker(new URL(import.meta.url), { workerData: { peak: this.#peak, parentPid } });
  }

  /** Forgets the peak so far. */
  reset(): void {
    this.#peak[0] = 0;
  }

  /** The highest since the reset, now included. */
  peakBytes(): number {
    return Math.max(this.#peak[0] ?? 0, familyBytes());
  }

  async stop(): Promise<void> {
    await this.#thread.terminate();
  }
}

/** To list all processes, with `ps` as a process of its own, must not become part of what is measured. */
const INTERVAL_MS = hasProcChildren ? 20 : 1000;

interface Watch {
  peak: Float64Array;
  parentPid: number;
}

/** To read takes milliseconds: a reset that comes meanwhile counts, so the peak so far is looked at afterwards. */
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
