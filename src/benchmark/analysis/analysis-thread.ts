import { parentPort, workerData } from 'node:worker_threads';
import type { AnalysisRequest } from './analysis.js';
import { summariseCells } from './cell-summary.js';
import { compareBenchmarks } from './comparison.js';

/** The thread that computes what follows from many samples. */
const request: AnalysisRequest = workerData;
parentPort?.postMessage(
  request.kind === 'CELLS'
    ? summariseCells(request.cells, request.samples, request.processors)
    : compareBenchmarks(request.baseline, request.candidates),
);
