import { computeInThread } from '../analysis/computing-thread.js';
import type { ReportFormat } from '../report-format.js';
import type { BenchmarkRecord } from './report.js';

export interface RenderRequest {
  record: BenchmarkRecord;
  format: ReportFormat;
}

const REPORT_THREAD = new URL('./report-thread.js', import.meta.url);

/** Renders a report in a thread: drawing charts takes most of a second of processor time. */
export function renderReport(owner: string, record: BenchmarkRecord, format: ReportFormat): Promise<string> {
  const request: RenderRequest = { record, format };
  return computeInThread(owner, REPORT_THREAD, request);
}
