import { type BenchmarkRecord, buildReport } from '../../../src/benchmark/export/report.js';
import { CONCURRENCY_MODELS } from '../../../src/execution/model.js';
import { STANDARD_PIPELINE } from '../../../src/imaging/operation.js';
import { around, environment, samplesOf } from '../samples.js';

/** A name that would be markup in every format. */
export const EVIL_NAME = '=1+1 <script>alert(1)</script> | `x` [a](javascript:b) "quoted" & **bold**';

/** A benchmark of all models on two processors, two batch sizes and two engines. */
export function record(overrides: Partial<BenchmarkRecord> = {}): BenchmarkRecord {
  const samples = (['JIMP', 'SHARP'] as const).flatMap((engine) =>
    [10, 50].flatMap((imageCount) =>
      CONCURRENCY_MODELS.flatMap((model) =>
        [1, 2, 4].flatMap((workers) => {
          const parallel = model === 'PROCESSES' || model === 'THREADS' ? Math.min(workers, 2) : 1;
          const cell = { model, engine, imageCount, workers, outputDigest: `${engine}${imageCount}` };
          return samplesOf(cell, around(((engine === 'JIMP' ? 300 : 30) * imageCount) / parallel));
        }),
      ),
    ),
  );
  return {
    name: 'Two engines',
    status: 'COMPLETED',
    workload: 'IMAGE',
    operations: STANDARD_PIPELINE,
    images: { count: 4, generated: true },
    repetitions: 5,
    totalCells: 60,
    startedAt: '2026-01-02T03:04:05.000Z',
    finishedAt: '2026-01-02T03:14:05.000Z',
    environment: environment(),
    samples,
    race: {
      workers: 4,
      results: [
        {
          variant: 'ATOMIC',
          expected: 400,
          actual: [400, 400],
          lostPercent: 0,
          lostPercentMax: 0,
          overlapPercent: 92.4,
          readings: [],
          nanosecondsPerIncrement: 21.37,
        },
      ],
    },
    ...overrides,
  };
}

export const report = (overrides: Partial<BenchmarkRecord> = {}) => buildReport(record(overrides));
