import { stringify } from 'csv-stringify/sync';
import { compareCells } from '../cell.js';
import type { BenchmarkSample } from '../sample.js';
import type { BenchmarkReport } from './report.js';

type Column = [heading: string, value: (sample: BenchmarkSample) => string | number | null];

const COLUMNS: readonly Column[] = [
  ['model', ({ model }) => model],
  ['engine', ({ engine }) => engine],
  ['image_count', ({ imageCount }) => imageCount],
  ['workers', ({ workers }) => workers],
  ['repetition', ({ repetition }) => repetition],
  ['wall_ms', ({ wallMs }) => wallMs],
  ['startup_ms', ({ startupMs }) => startupMs],
  ['compute_ms_sum', ({ computeMs }) => computeMs],
  ['lock_wait_ms_sum', ({ lockWaitMs }) => lockWaitMs],
  ['wait_ms_sum', ({ waitMs }) => waitMs],
  ['dispatch_ms', ({ dispatchMs }) => dispatchMs],
  ['cpu_ms', ({ cpuMs }) => cpuMs],
  ['cpu_ms_per_core', ({ cpuPerCoreMs }) => cpuPerCoreMs.join(' ')],
  ['peak_rss_bytes', ({ peakRssBytes }) => peakRssBytes],
  ['event_loop_delay_p99_ms', ({ eventLoopDelayP99Ms }) => eventLoopDelayP99Ms],
  ['event_loop_utilization', ({ eventLoopUtilization }) => eventLoopUtilization],
  ['other_cpu_share', ({ otherCpuShare }) => otherCpuShare],
  ['throttled_ms', ({ throttledMs }) => throttledMs ?? null],
  ['output_sha256', ({ outputDigest }) => outputDigest],
  ['sweep_axis', ({ sweep }) => sweep?.axis ?? null],
  ['sweep_value', ({ sweep }) => sweep?.value ?? null],
];

/** One line for each sample (RFC 4180). Each has the name, so that files of several benchmarks can be joined. */
export function toCsv({ name, samples }: BenchmarkReport): string {
  const ordered = samples.toSorted((a, b) => compareCells(a, b) || a.repetition - b.repetition);
  return stringify(
    [
      ['benchmark', ...COLUMNS.map(([heading]) => heading)],
      ...ordered.map((sample) => [name, ...COLUMNS.map(([, value]) => value(sample))]),
    ],
    { escape_formulas: true, record_delimiter: 'windows' },
  );
}
