import { setTimeout as delay } from 'node:timers/promises';
import type { StepRunner } from '../../imaging/engine-info.js';
import type { Task, TaskResult } from '../executor.js';

type FibonacciTask = Extract<Task, { kind: 'FIBONACCI' }>;

/** A task with a share of waiting or locking has this number of slices. */
const SLICES = 20;
/** fibonacci(n - 6) takes 1 / 17.9 of the time of fibonacci(n): 20 slices are about one whole. */
const SMALLER = 6;

/** Shortest slice so far in this thread: the duration of a slice on an idle processor. */
let shortestSliceMs = Number.POSITIVE_INFINITY;

/**
 * Computes a Fibonacci number in one step, or in slices where a share of them waits on a timer or holds the lock.
 * Waiting holds no lock, as input and output do in Python.
 */
export async function runFibonacci(task: FibonacciTask, step: StepRunner): Promise<TaskResult> {
  const { n, waitShare, lockShare, bytes } = task;
  const sliced = waitShare !== undefined || lockShare !== undefined;
  const value = sliced
    ? await computeSlices(n - SMALLER, waitShare ?? 0, step)
    : await step(() => fibonacci(n));
  return { kind: 'FIBONACCI', value, ...(bytes && { bytes: new Uint8Array(bytes) }) };
}

async function computeSlices(n: number, waitShare: number, step: StepRunner): Promise<number> {
  const computed = Math.max(1, Math.round(SLICES * (1 - waitShare)));
  let sum = 0;
  for (let slice = 0; slice < computed; slice++) {
    sum += await step(() => {
      const start = performance.now();
      const value = fibonacci(n);
      shortestSliceMs = Math.min(shortestSliceMs, performance.now() - start);
      return value;
    });
  }
  if (waitShare > 0) await delay(SLICES * waitShare * shortestSliceMs);
  return sum;
}

/** Naive recursion: interpreter-bound, without memory access. fibonacci(30) makes 2.7 million calls. */
function fibonacci(n: number): number {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}
