import type { BenchmarkReport } from './report.js';

/** Grows when a field changes its meaning; new fields leave it as it is. */
const FORMAT_VERSION = 1;

/** Everything that was measured and everything that follows from it. */
export function toJson(report: BenchmarkReport): string {
  return `${JSON.stringify({ format: 'nogil-bench', formatVersion: FORMAT_VERSION, ...report }, null, 2)}\n`;
}
