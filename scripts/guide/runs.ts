import { existsSync, readFileSync } from 'node:fs';
import { type BenchmarkReport, buildReport } from '../../src/benchmark/export/report.js';
import { parseReportFile } from '../../src/benchmark/import/parse-report.js';

/**
 * Options of `npm run bench` for the stored runs behind docs/choosing-a-model.md. Each takes a minute or two on an idle
 * machine with two processors, `workers` a quarter of an hour.
 */
export const GUIDE_RUNS = {
  quick: '--preset QUICK --race',
  workers: '--engines JIMP,SHARP --images 100 --workers 1,2,4,8',
  'lock-share':
    '--engines JIMP --models SYNC,THREADS_LOCKED,THREADS --images 10 --workers 2 --sweep lockShare=0,0.25,0.5,0.75,1',
  'wait-share':
    '--workload FIBONACCI --models SYNC,ASYNC,PROCESSES,THREADS --images 16 --workers 2,8 --sweep waitShare=0,0.5,0.9',
  payload:
    '--workload FIBONACCI --models SYNC,PROCESSES,THREADS --images 16 --workers 2 --sweep payloadBytes=0,65536,1048576,8388608',
  'image-edge':
    '--engines SHARP --models SYNC,ASYNC,PROCESSES,THREADS --images 16 --workers 2 --sweep imageEdge=64,256,1024,2048',
  'chunk-size':
    '--workload FIBONACCI --models SYNC,PROCESSES,THREADS --images 40 --workers 2 --sweep chunkSize=1,5,20,40',
} as const satisfies Record<string, string>;
export type GuideRun = keyof typeof GUIDE_RUNS;

/** Where a run is stored, relative to the root of the project. */
export const guideRunPath = (run: GuideRun): string => `docs/runs/${run}.json`;

/** The report of a stored run; null while it was not measured. */
export function guideReport(root: string, run: GuideRun): BenchmarkReport | null {
  const path = `${root}/${guideRunPath(run)}`;
  return existsSync(path) ? buildReport(parseReportFile(readFileSync(path, 'utf8'), path)) : null;
}
