import { HostSampleRunner } from '../../../../src/benchmark/measure/host.sample-runner.js';
import { quotaProcessors } from '../../../../src/benchmark/measure/meters/processors.js';

/** Prints the quota of this process and one sample, measured under it. */
const runner = new HostSampleRunner({ workload: 'FIBONACCI', n: 27 });
const cell = { model: 'THREADS', engine: null, imageCount: 40, workers: 2 } as const;
console.log(JSON.stringify({ quota: quotaProcessors(), cell, sample: await runner.measure(cell) }));
