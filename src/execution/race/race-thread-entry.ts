import { parentPort, workerData } from 'node:worker_threads';
import { RACE_VARIANTS } from '../race.js';
import { monotonicMs } from '../workers/clock.js';
import { COUNT, meet, type RaceTask, raceMemory } from './race-counter.js';

/** Increments of each variant that a thread makes for itself first, so that its code is compiled. */
const WARM_UP = 50_000;

/** When a thread began and ended to count, on the machine's monotonic clock. */
export interface RaceSpan {
  startMs: number;
  endMs: number;
}

const holder: number = workerData;

for (const variant of RACE_VARIANTS) {
  COUNT[variant]({ variant, workers: 1, increments: WARM_UP, memory: raceMemory(), zero: 0 }, holder);
}

parentPort?.on('message', (task: RaceTask) => {
  meet(task);
  const startMs = monotonicMs();
  COUNT[task.variant](task, holder);
  const span: RaceSpan = { startMs, endMs: monotonicMs() };
  parentPort?.postMessage(span);
});
