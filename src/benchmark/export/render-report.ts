import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import type { BenchmarkRecord } from './report.js';
import type { ReportFormat } from './report-format.js';

export interface RenderRequest {
  record: BenchmarkRecord;
  format: ReportFormat;
}

const REPORT_THREAD = new URL('./report-thread.js', import.meta.url);

/** Charts take most of a second of computing: one report after another, whoever asks. */
const oneAtATime = pLimit(1);

/**
 * The report of a benchmark as text. The statistics and charts are computed in a thread, so that the loop of the
 * caller stays free.
 */
export function renderReport(record: BenchmarkRecord, format: ReportFormat): Promise<string> {
  const request: RenderRequest = { record, format };
  return oneAtATime(async () => {
    const thread = new Worker(REPORT_THREAD, { workerData: request });
    // Rejects when the thread emits an error.
    const [text]: string[] = await once(thread, 'message');
    if (text === undefined) throw new TypeError('The report thread sent no text');
    return text;
  });
}
