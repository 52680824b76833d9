import { computeEnvironment } from '../../execution/machine/compute-environment.js';
import type { Cell } from '../cell.js';
import type { Measurement } from '../sample.js';
import type { BenchmarkWork, SampleRunner } from '../sample-runner.js';
import { askHost } from './ask-host.js';
import type { HostRequest } from './benchmark-host.js';

const BENCHMARK_HOST = new URL('./benchmark-host.js', import.meta.url);

/** Measures every sample in a fresh process, so that no heap, compiled code or pool reaches the next one. */
export class HostSampleRunner implements SampleRunner {
  constructor(
    private readonly work: BenchmarkWork,
    private readonly timeoutMs = 15 * 60_000,
  ) {}

  measure(cell: Cell, options: { signal?: AbortSignal } = {}): Promise<Measurement> {
    const request: HostRequest = { cell, work: this.work };
    return askHost(BENCHMARK_HOST, request, {
      timeoutMs: this.timeoutMs,
      signal: options.signal,
      environment: computeEnvironment(cell.workers),
    });
  }
}
