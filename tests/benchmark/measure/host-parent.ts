import { HostSampleRunner } from '../../../src/benchmark/measure/host.sample-runner.js';

/** Has a sample measured that takes for ever, so that a test can kill it. */
const runner = new HostSampleRunner({ workload: 'FIBONACCI', n: 60 });
await runner.measure({ model: 'SYNC', engine: null, imageCount: 1, workers: 1 });
