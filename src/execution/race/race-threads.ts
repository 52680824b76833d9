import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { MIN_OVERLAP_PERCENT, type RaceReading, type RaceVariant } from '../race.js';
import { monotonicMs } from '../workers/clock.js';
import { counterValue, type RaceMemory, type RaceTask, raceMemory } from './race-counter.js';
import { overlapPercent, type RaceSpan, wallMs } from './race-spans.js';

/** One repetition of a variant. */
export interface RaceRun {
  /** Final value of the counter. */
  actual: number;
  wallMs: number;
  overlapPercent: number;
  /** Empty unless requested. */
  readings: RaceReading[];
}

/** Attempts at a repetition whose threads overlap too little; the one with the most overlap counts. */
const ATTEMPTS = 3;
/** Interval at which the counter is read. */
const READING_INTERVAL_MS = 2;

/** The threads of an experiment. They live for all of its repetitions, so that starting them is not measured. */
export class RaceThreads {
  readonly #threads: Worker[];

  constructor(workers: number) {
    this.#threads = Array.from({ length: workers }, (_, index) => {
      const thread = new Worker(new URL('./race-thread-entry.js', import.meta.url), {
        workerData: index + 1,
      });
      thread.setMaxListeners(0);
      return thread;
    });
  }

  /** Runs one repetition, and repeats it if the threads overlap for less than {@link MIN_OVERLAP_PERCENT} of it. */
  async run(variant: RaceVariant, increments: number, withReadings = false): Promise<RaceRun> {
    let best = await this.#attempt(variant, increments, withReadings);
    const canOverlap = this.#threads.length > 1;
    for (let i = 1; canOverlap && i < ATTEMPTS && best.overlapPercent < MIN_OVERLAP_PERCENT; i++) {
      const next = await this.#attempt(variant, increments, withReadings);
      if (next.overlapPercent > best.overlapPercent) best = next;
    }
    return best;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()));
  }

  async #attempt(variant: RaceVariant, increments: number, withReadings: boolean): Promise<RaceRun> {
    const memory = raceMemory(this.#threads.length);
    const task: RaceTask = { variant, workers: this.#threads.length, increments, memory, zero: 0 };
    const ended = new AbortController();
    const reading = withReadings ? readCounter(memory, ended.signal) : Promise.resolve([]);
    const spans: RaceSpan[] = await Promise.all(
      this.#threads.map(async (thread) => {
        thread.postMessage(task);
        return (await once(thread, 'message'))[0];
      }),
    );
    ended.abort();
    const start = Math.min(...spans.map(({ startMs }) => startMs));
    const end = Math.max(...spans.map(({ endMs }) => endMs));
    return {
      actual: counterValue(memory),
      wallMs: wallMs(spans),
      overlapPercent: overlapPercent(spans),
      readings: (await reading)
        .filter(({ ms }) => ms >= start && ms <= end)
        .map(({ ms, value }) => ({ ms: ms - start, value })),
    };
  }
}

/** Reads the counter until the signal; times are those of the monotonic clock. */
async function readCounter(memory: RaceMemory, ended: AbortSignal): Promise<RaceReading[]> {
  const readings: RaceReading[] = [];
  while (!ended.aborted) {
    readings.push({ ms: monotonicMs(), value: counterValue(memory) });
    await delay(READING_INTERVAL_MS, undefined, { signal: ended }).catch(() => undefined);
  }
  return readings;
}
