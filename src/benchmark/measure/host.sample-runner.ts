import { askChild } from '../../execution/child/ask-child.js';
import { computeEnvironment } from '../../execution/machine/compute-environment.js';
import type { Cell } from '../cell.js';
import type { TracedMeasurement } from '../sample.js';
import type { BenchmarkWork, SampleRunner } from '../sample-runner.js';
import type { HostRequest } from './benchmark-host.js';

const BENCHMARK_HOST = new URL('./benchmark-host.js', import.meta.url);

/** Measures every sample in a fresh process, which shares no heap, compiled code or pool with another sample. */
export class HostSampleRunner implements SampleRunner {
  constructor(
    private readonly work: BenchmarkWork,
    private readonly timeoutMs = 15 * 60_000,
  ) {}

  measure(cell: Cell, options: { signal?: AbortSignal } = {}): Promise<TracedMeasurement> {
    const request: HostRequest = { cell, work: this.work };
    return askChild(BENCHMARK_HOST, request, {
      name: 'benchmark',
      timeoutMs: this.timeoutMs,
      signal: options.signal,
      environment: computeEnvironment(cell.workers),
    });
  }
}
