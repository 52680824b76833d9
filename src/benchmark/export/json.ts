import type { BenchmarkReport } from './report.js';

/** Increased when the meaning of a field changes, not when fields are added. */
const FORMAT_VERSION = 1;

/** Every sample, and every figure computed from them. The trace of a median sample is `timeline` of its cell. */
export function toJson(report: BenchmarkReport): string {
  const samples = report.samples.map(({ trace: _trace, ...sample }) => sample);
  const file = { format: 'nogil-bench', formatVersion: FORMAT_VERSION, ...report, samples };
  return `${JSON.stringify(file, null, 2)}\n`;
}
