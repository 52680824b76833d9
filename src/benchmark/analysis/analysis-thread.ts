import { parentPort, workerData } from 'node:worker_threads';
import { analyse } from './analyse.js';
import type { AnalysisRequest } from './analysis.js';
import { compareBenchmarks } from './comparison/comparison.js';

/** The thread that analyses many samples. */
parentPort?.postMessage(answer(workerData));

function answer(request: AnalysisRequest): unknown {
  switch (request.kind) {
    case 'ANALYSIS':
      return analyse(request.run);
    case 'COMPARISON':
      return compareBenchmarks(request.baseline, request.candidates);
    default:
      return request satisfies never;
  }
}
