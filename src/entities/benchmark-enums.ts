import type { ComparisonVerdict } from '../benchmark/analysis/comparison.js';
import type { BenchmarkWarning } from '../benchmark/analysis/warnings.js';
import type { BenchmarkStatus } from '../benchmark/benchmark-status.js';
import type { ReportFormat } from '../benchmark/export/report-format.js';
import type { BenchmarkPreset } from '../benchmark/preset.js';
import type { ConcurrencyModel, Workload } from '../execution/model.js';
import type { RaceVariant } from '../execution/race.js';
import { register } from './enums.js';

export const ConcurrencyModelEnum = register<ConcurrencyModel>(
  'ConcurrencyModel',
  'How one batch of CPU-bound work is run.',
  {
    SYNC: 'One after another: the baseline.',
    ASYNC: 'As many at once as there are workers, on one event loop.',
    THREADS_LOCKED:
      'Worker threads that hold one global lock while they compute (Python’s threads with the GIL).',
    PROCESSES: 'Forked processes.',
    THREADS: 'Worker threads without a lock on shared memory (free-threaded Python).',
  },
);

export const WorkloadEnum = register<Workload>('Workload', 'What the tasks of a benchmark do.', {
  IMAGE: 'Operations on images.',
  FIBONACCI: 'Interpreter-bound work that touches no image.',
});

export const BenchmarkStatusEnum = register<BenchmarkStatus>('BenchmarkStatus', 'How far a benchmark is.', {
  QUEUED: 'Waits: a machine runs one benchmark at a time.',
  RUNNING: 'Is measured; goes on after a restart of the server.',
  COMPLETED: 'Every sample has been measured.',
  FAILED: 'Ended by an error; what had been measured is kept.',
  CANCELLED: 'Called off by its owner; what had been measured is kept.',
});

export const BenchmarkWarningEnum = register<BenchmarkWarning>(
  'BenchmarkWarning',
  'Doubts that the numbers themselves raise.',
  {
    NOISY: 'The samples vary by more than 10 %.',
    OVERSUBSCRIBED: 'More workers than processors; with ASYNC in native code, more tasks in flight.',
    BUSY_MACHINE: 'Other programs took more than 10 % of the processors during a sample, or several.',
    TOO_FEW_SAMPLES: 'No honest interval.',
    TOO_SHORT: 'The clock or the dispatch is a visible part of it.',
    OUTPUT_MISMATCH: 'The models did not produce the same bytes, so the cell proves nothing.',
  },
);

export const BenchmarkPresetEnum = register<BenchmarkPreset>(
  'BenchmarkPreset',
  'What is measured where a list is left out.',
  {
    QUICK: 'A minute: all five models on 10 images, with 1, 2 and 4 workers.',
    MATRIX: '10, 50, 100 images x 1, 2, 4, 8 workers x SYNC, THREADS_LOCKED, PROCESSES, THREADS = 48 cells.',
  },
);

export const ReportFormatEnum = register<ReportFormat>('ReportFormat', 'How a report is written.', {
  MARKDOWN: 'Tables and words.',
  CSV: 'Every sample in a line.',
  JSON: 'Every sample, and everything that follows from them.',
  HTML: 'One page with charts.',
});

export const ComparisonVerdictEnum = register<ComparisonVerdict>(
  'ComparisonVerdict',
  'How a cell compares with the baseline.',
  {
    FASTER: 'Significantly faster.',
    SLOWER: 'Significantly slower.',
    INDISTINGUISHABLE: 'The same within 5 %.',
    INCONCLUSIVE: 'The samples cannot tell, or the cell is void (OUTPUT_MISMATCH) in either.',
  },
);

export const RaceVariantEnum = register<RaceVariant>('RaceVariant', 'How threads add to a shared counter.', {
  UNSYNCHRONIZED: 'Load, add and store without synchronisation: increments can get lost.',
  ATOMIC: 'One atomic addition for each increment.',
  LOCKED: 'Load, add and store under a lock.',
  SHARDED:
    'A counter for each thread, side by side in memory: the threads share cache lines (false sharing).',
  PADDED: 'A counter for each thread, 128 bytes apart: no shared cache line.',
  BATCHED: 'Each thread counts for itself and adds its sum once.',
});
