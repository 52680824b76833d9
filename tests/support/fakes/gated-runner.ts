import { HostSampleRunner } from '../../../src/benchmark/measure/host.sample-runner.js';
import type { BenchmarkWork, SampleRunner } from '../../../src/benchmark/sample-runner.js';

/** Measures in real processes; each sample waits for the gate, which a test sets. */
export class GatedRunner {
  gate: Promise<unknown> = Promise.resolve();

  readonly of = (work: BenchmarkWork): SampleRunner => {
    const runner = new HostSampleRunner(work);
    return {
      measure: async (cell, options) => {
        await this.gate;
        return runner.measure(cell, options);
      },
    };
  };
}
