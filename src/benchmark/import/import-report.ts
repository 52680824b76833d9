import { type ErrorData, fromErrorData } from '../../errors.js';
import { computeInThread } from '../analysis/computing-thread.js';
import type { BenchmarkRecord } from '../export/report.js';

export interface ImportRequest {
  text: string;
  source: string;
}

export type ImportAnswer =
  | { status: 'DONE'; record: BenchmarkRecord }
  | { status: 'FAILED'; error: ErrorData };

const IMPORT_THREAD = new URL('./import-thread.js', import.meta.url);

/** As `parseReportFile`, in a thread: 2 MB of JSON would block the event loop. */
export async function importReport(owner: string, text: string, source: string): Promise<BenchmarkRecord> {
  const request: ImportRequest = { text, source };
  const answer = await computeInThread<ImportAnswer>(owner, IMPORT_THREAD, request);
  if (answer.status === 'FAILED') throw fromErrorData(answer.error);
  return answer.record;
}
