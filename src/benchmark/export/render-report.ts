import { computeInThread } from '../analysis/computing-thread.js';
import type { BenchmarkRecord } from './report.js';
import type { ReportFormat } from './report-format.js';

export interface RenderRequest {
  record: BenchmarkRecord;
  format: ReportFormat;
}

const REPORT_THREAD = new URL('./report-thread.js', import.meta.url);

/** The report of a benchmark as text. Its charts take most of a second of computing, in a thread. */
export function renderReport(owner: string, record: BenchmarkRecord, format: ReportFormat): Promise<string> {
  const request: RenderRequest = { record, format };
  return computeInThread(owner, REPORT_THREAD, request);
}
