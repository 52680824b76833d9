import { writeSync } from 'node:fs';
import { getHeapStatistics } from 'node:v8';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { machineMemoryBytes } from '../../execution/machine/machine-memory.js';
import { LOADING, runningTask } from '../../execution/tasks/running-tasks.js';
import { familyBytes } from './meters/process-tree.js';

/** Reasons why a host with a user's task ends, each the end of a sentence. */
export interface LastWords {
  why: string;
  /** Index of the input of the task that ran on the host's own thread; null where none did. */
  input: number | null;
}

/** Time limit of one task of the user's, in milliseconds. */
export const USER_TASK_TIMEOUT_MS = 60_000;

/** File descriptor to which a host writes the reason for its end. */
export const LAST_WORDS_FD = 4;

/** If the event loop is free, the time limit of the executor applies first. */
const GRACE_MS = 1_000;
const INTERVAL_MS = 100;

/** Memory limit of a host and its children, in bytes: half of the machine's, and below the size at which V8 aborts. */
export const userTaskMemoryBytes = (): number =>
  Math.min(machineMemoryBytes() / 2, 0.75 * getHeapStatistics().heap_size_limit);

/**
 * Ends this process if a user's task blocks it for too long, exceeds the memory limit, exits or throws outside its
 * promise, or if the parent ends; writes the reason to {@link LAST_WORDS_FD}. Runs in a separate thread, because the task may block this
 * one.
 */
export function watchUserTasks(timeoutMs: number, memoryBytes: number): Worker {
  process.on('exit', (code) => {
    const running = Atomics.load(runningTask, 0);
    if (running > 0) say({ why: `it ended its process with exit code ${code}`, input: running - 1 });
  });
  process.on('uncaughtException', (error) => {
    const why = `it threw outside its promise: ${String(error).split('\n', 1)[0]}`;
    say({ why, input: Atomics.load(runningTask, 0) - 1 });
    process.kill(process.pid, 'SIGKILL');
  });
  const watcher = new Worker(new URL(import.meta.url), {
    workerData: { runningTask, timeoutMs, memoryBytes, parentPid: process.ppid } satisfies Watch,
  });
  watcher.unref();
  return watcher;
}

interface Watch {
  runningTask: Int32Array;
  timeoutMs: number;
  memoryBytes: number;
  parentPid: number;
}

function watch({ runningTask: running, timeoutMs, memoryBytes, parentPid }: Watch): void {
  let changes = -1;
  let since = performance.now();
  for (;;) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, INTERVAL_MS);
    const state = Atomics.load(running, 0);
    const input = state - 1;
    const seen = Atomics.load(running, 1);
    if (seen !== changes || state === 0) {
      changes = seen;
      since = performance.now();
    }
    // A thread that computes does not hear that the parent has ended.
    if (process.ppid !== parentPid) killFamily();
    if (familyBytes() > memoryBytes) end({ why: 'it ran out of memory', input });
    if (performance.now() - since > timeoutMs + GRACE_MS) {
      const what = state === LOADING ? ' to load' : '';
      end({ why: `it took longer than ${timeoutMs / 1000} s${what}`, input });
    }
  }
}

function end(words: LastWords): void {
  say(words);
  process.kill(process.pid, 'SIGKILL');
}

/** The process leads its group. */
function killFamily(): void {
  try {
    process.kill(-process.pid, 'SIGKILL');
  } catch {
    process.kill(process.pid, 'SIGKILL');
  }
}

function say({ why, input }: LastWords): void {
  try {
    writeSync(
      LAST_WORDS_FD,
      `${JSON.stringify({ why, input: input !== null && input >= 0 ? input : null })}\n`,
    );
  } catch {
    // Nothing listens.
  }
}

if (!isMainThread && workerData?.runningTask instanceof Int32Array) watch(workerData);
