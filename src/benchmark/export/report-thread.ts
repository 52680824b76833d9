import { parentPort, workerData } from 'node:worker_threads';
import type { RenderRequest } from './render-report.js';
import { buildReport } from './report.js';
import { WRITERS } from './writers.js';

/** The thread that writes one report. */
const { record, format }: RenderRequest = workerData;
parentPort?.postMessage(await WRITERS[format](buildReport(record)));
