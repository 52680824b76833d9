import { parentPort, workerData } from 'node:worker_threads';
import { RACE_VARIANTS } from '../race.js';
import { monotonicMs } from '../workers/clock.js';
import { ADD, type RaceTask, raceMemory, waitForAll } from './race-counter.js';
import type { RaceSpan } from './race-spans.js';

/** Increments of each variant before the first repetition, so that its code is compiled. */
const WARM_UP = 50_000;

const thread: number = workerData;

for (const variant of RACE_VARIANTS) {
  ADD[variant]({ variant, workers: 1, increments: WARM_UP, memory: raceMemory(thread), zero: 0 }, thread);
}

parentPort?.on('message', (task: RaceTask) => {
  waitForAll(task);
  const startMs = monotonicMs();
  ADD[task.variant](task, thread);
  const span: RaceSpan = { startMs, endMs: monotonicMs() };
  parentPort?.postMessage(span);
});
