import { HostSampleRunner } from '../../../src/benchmark/measure/host.sample-runner.js';

/** Measures a sample that never ends, so that a test can kill this process. */
const runner = new HostSampleRunner({ workload: 'FIBONACCI', n: 60 });
await runner.measure({ model: 'SYNC', engine: null, imageCount: 1, workers: 1 });
