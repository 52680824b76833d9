import { toJson } from '../../../src/benchmark/export/json.js';
import { buildReport } from '../../../src/benchmark/export/report.js';
import { uslThroughput } from '../../../src/benchmark/statistics/usl.js';
import type { ConcurrencyModel } from '../../../src/execution/model.js';
import { record } from '../../benchmark/export/record.js';
import { around, environment, samplesOf } from '../../benchmark/samples.js';

/** Contention and coherency of each model. */
const LAWS: readonly [ConcurrencyModel, number, number][] = [
  ['THREADS', 0.04, 0.004],
  ['PROCESSES', 0.08, 0.006],
];
const WORKER_COUNTS = [1, 2, 4, 8];
const SYNC_MS = 2_000;

/**
 * The JSON report of an invented run on 8 processors with four worker counts, for which curves are fitted.
 *
 * @param tasks of one batch; runs with equal ones have cells in common
 */
export function syntheticReport(name: string, tasks: number): string {
  const work = { engine: null, imageCount: tasks, outputDigest: 'synthetic' };
  const samples = [
    ...samplesOf({ ...work, model: 'SYNC', workers: 1 }, around(SYNC_MS)),
    ...LAWS.flatMap(([model, contention, coherency]) =>
      WORKER_COUNTS.flatMap((workers) => {
        const speedup = uslThroughput({ throughputOfOne: 1, contention, coherency }, workers);
        return samplesOf({ ...work, model, workers }, around(SYNC_MS / speedup));
      }),
    ),
  ];
  return toJson(
    buildReport(
      record({
        ...{ name, samples, workload: 'FIBONACCI', operations: [], images: null, race: null },
        environment: environment({ availableParallelism: 8, cpuModel: 'Invented processor' }),
      }),
    ),
  );
}
