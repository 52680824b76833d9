import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { answerParent } from '../child/answer-parent.js';
import {
  RACE_VARIANTS,
  type RaceExperiment,
  type RaceInput,
  type RaceResult,
  type RaceVariant,
} from '../race.js';
import { type RaceTask, raceMemory } from './race-counter.js';
import type { RaceSpan } from './race-thread-entry.js';

const NICENESS = 10;

// Threads inherit the priority of the thread that starts them.
answerParent(NICENESS, async (input: RaceInput): Promise<RaceExperiment> => {
  const threads = Array.from({ length: input.workers }, (_, i) => {
    const thread = new Worker(new URL('./race-thread-entry.js', import.meta.url), { workerData: i + 1 });
    thread.setMaxListeners(0);
    return thread;
  });
  const results: RaceResult[] = [];
  for (const variant of RACE_VARIANTS) results.push(await race(threads, variant, input));
  await Promise.all(threads.map((thread) => thread.terminate()));
  return { workers: input.workers, results };
});

async function race(threads: Worker[], variant: RaceVariant, input: RaceInput): Promise<RaceResult> {
  const expected = input.workers * input.incrementsPerWorker;
  const runs: { actual: number; nanoseconds: number }[] = [];
  for (let i = 0; i < input.repetitions; i++) {
    runs.push(await repetition(threads, variant, input.incrementsPerWorker));
  }
  const actual = runs.map((run) => run.actual);
  const mean = actual.reduce((sum, value) => sum + value, 0) / actual.length;
  return {
    variant,
    expected,
    actual,
    lostPercent: 100 * (1 - mean / expected),
    nanosecondsPerIncrement: median(runs.map((run) => run.nanoseconds)) / expected,
  };
}

async function repetition(threads: Worker[], variant: RaceVariant, increments: number) {
  const memory = raceMemory();
  const task: RaceTask = { variant, workers: threads.length, increments, memory, zero: 0 };
  const spans: RaceSpan[] = await Promise.all(
    threads.map(async (thread) => {
      thread.postMessage(task);
      return (await once(thread, 'message'))[0];
    }),
  );
  const start = Math.min(...spans.map(({ startMs }) => startMs));
  const end = Math.max(...spans.map(({ endMs }) => endMs));
  return { actual: new Int32Array(memory.counter)[0] ?? 0, nanoseconds: (end - start) * 1e6 };
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
