import { parentPort, workerData } from 'node:worker_threads';
import { toErrorData } from '../../errors.js';
import type { ImportAnswer, ImportRequest } from './import-report.js';
import { parseReportFile } from './parse-report.js';

/** The thread that reads one file. */
const { text, source }: ImportRequest = workerData;
parentPort?.postMessage(read());

function read(): ImportAnswer {
  try {
    return { status: 'DONE', record: parseReportFile(text, source) };
  } catch (error) {
    return { status: 'FAILED', error: toErrorData(error) };
  }
}
