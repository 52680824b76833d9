import type { ComparisonVerdict } from '../../benchmark/analysis/comparison/comparison.js';
import type { RecommendationOutcome } from '../../benchmark/analysis/decision.js';
import type { BenchmarkStatus } from '../../benchmark/benchmark-status.js';
import type { BenchmarkPreset } from '../../benchmark/preset.js';
import { FORMATS, type ReportFormat } from '../../benchmark/report-format.js';
import { AXES, type SweepAxis } from '../../benchmark/sweep.js';
import { type BenchmarkWarning, WARNINGS } from '../../benchmark/warning.js';
import { type ConcurrencyModel, MODELS, WORKLOAD_FACTS, type Workload } from '../../execution/model.js';
import type { RaceVariant } from '../../execution/race.js';
import { register } from '../enums.js';

/** One text of each member of a table. */
const texts = <Union extends string, Facts>(
  table: Readonly<Record<Union, Facts>>,
  text: (facts: Facts) => string,
): Record<Union, string> =>
  Object.fromEntries(Object.entries<Facts>(table).map(([name, facts]) => [name, text(facts)])) as Record<
    Union,
    string
  >;

export const ConcurrencyModelEnum = register<ConcurrencyModel>(
  'ConcurrencyModel',
  'How a batch of CPU-bound tasks is run.',
  texts(MODELS, ({ summary }) => summary),
);

export const WorkloadEnum = register<Workload>(
  'Workload',
  'Kind of the tasks of a benchmark.',
  texts(WORKLOAD_FACTS, ({ summary }) => summary),
);

export const SweepAxisEnum = register<SweepAxis>(
  'SweepAxis',
  'A property of the work that a sweep varies.',
  texts(AXES, axisText),
);

function axisText({ summary, min, max, workloads }: (typeof AXES)[SweepAxis]): string {
  return `${summary} ${min.toLocaleString('en')} to ${max.toLocaleString('en')}; for ${workloads.join(', ')}.`;
}

export const BenchmarkStatusEnum = register<BenchmarkStatus>('BenchmarkStatus', 'State of a benchmark.', {
  QUEUED: 'Waiting: a machine runs one benchmark at a time.',
  RUNNING: 'Being measured; continues after a restart of the server.',
  COMPLETED: 'Every sample has been measured.',
  FAILED: 'Ended by an error; the samples measured before it are kept.',
  CANCELLED: 'Cancelled by its owner; the samples measured before are kept.',
});

export const BenchmarkWarningEnum = register<BenchmarkWarning>(
  'BenchmarkWarning',
  'Reasons why the measured figures may be unreliable.',
  texts(WARNINGS, ({ meaning }) => meaning),
);

export const BenchmarkPresetEnum = register<BenchmarkPreset>(
  'BenchmarkPreset',
  'Values for the lists that a request omits.',
  {
    QUICK:
      'About 90 seconds on two processors: all five models on 6 images, JIMP first, then SHARP; SYNC once for each engine, the others with 2 workers and with one for each processor.',
    MATRIX: '10, 50, 100 images x 1, 2, 4, 8 workers x SYNC, THREADS_LOCKED, PROCESSES, THREADS = 48 cells.',
  },
);

export const ReportFormatEnum = register<ReportFormat>(
  'ReportFormat',
  'File format of a report.',
  texts(FORMATS, ({ summary }) => summary),
);

export const RecommendationOutcomeEnum = register<RecommendationOutcome>(
  'RecommendationOutcome',
  'Whether the samples decide which cell to take.',
  {
    WIN: 'Every other cell is slower.',
    TIE: 'Other cells are as fast, and cost as many workers and as much memory, or more.',
    UNDECIDED: 'Other cells may be faster: the samples do not decide it.',
  },
);

export const ComparisonVerdictEnum = register<ComparisonVerdict>(
  'ComparisonVerdict',
  'How a cell compares with the baseline.',
  {
    FASTER: 'Significantly faster.',
    SLOWER: 'Significantly slower.',
    INDISTINGUISHABLE: 'Equal within 5 %.',
    INCONCLUSIVE: 'Not decided by the samples, or the cell is void (OUTPUT_MISMATCH) on either side.',
  },
);

export const RaceVariantEnum = register<RaceVariant>('RaceVariant', 'How threads add to a shared counter.', {
  UNSYNCHRONIZED: 'Load, add and store without synchronisation: increments can get lost.',
  ATOMIC: 'One atomic addition for each increment.',
  LOCKED: 'Load, add and store under a lock.',
  SHARDED:
    'A counter for each thread, side by side in memory: the threads share cache lines (false sharing).',
  PADDED: 'A counter for each thread, 128 bytes apart: no shared cache line.',
  BATCHED: 'Each thread counts in a local variable and adds its sum once.',
});
