import { type ErrorData, toErrorData } from '../../errors.js';
import type { StepRunner } from '../../imaging/engine-info.js';
import { engineInfo, loadEngine } from '../../imaging/engines/engine-registry.js';
import { inspectImage } from '../../imaging/inspect-image.js';
import type { ImageEngineName } from '../../imaging/operation.js';
import { processImage } from '../../imaging/process-image.js';
import type { Task, TaskResult } from '../executor.js';
import { monotonicMs } from './clock.js';

/** Report of a worker about a task, as data: errors lose their code between threads. */
export type TaskReport =
  | { status: 'DONE'; result: TaskResult; startedAtMs: number; lockWaitMs: number; computeMs: number }
  | { status: 'FAILED'; error: ErrorData };

/** A lock that is held during each CPU-bound step. */
export interface StepLock {
  /** Blocks until the lock is held; returns the wait in milliseconds. */
  acquire(): number;
  release(): void;
}

/** Exports of a task module. The server uses `run-task`; tests use modules that fail on purpose. */
export interface TaskModule {
  prepare(engines: readonly ImageEngineName[]): Promise<void>;
  runTask(task: Task, lock?: StepLock): Promise<TaskReport>;
}

/** Loads the engines, so that loading counts as start-up and not as work. */
export async function prepare(engines: readonly ImageEngineName[]): Promise<void> {
  await Promise.all(engines.map(loadEngine));
}

/** Runs one task, the same way in every model. Never rejects: a failure is part of the report. */
export async function runTask(task: Task, lock?: StepLock): Promise<TaskReport> {
  let lockWaitMs = 0;
  const step: StepRunner = async (work) => {
    lockWaitMs += lock?.acquire() ?? 0;
    try {
      return await work();
    } finally {
      lock?.release();
    }
  };
  const startedAtMs = monotonicMs();
  try {
    const result = await perform(task, step);
    const computeMs = monotonicMs() - startedAtMs - lockWaitMs;
    return { status: 'DONE', result, startedAtMs, lockWaitMs, computeMs };
  } catch (error) {
    return { status: 'FAILED', error: toErrorData(error) };
  }
}

async function perform(task: Task, step: StepRunner): Promise<TaskResult> {
  switch (task.kind) {
    case 'EMPTY':
      return { kind: 'EMPTY' };
    case 'FIBONACCI':
      return { kind: 'FIBONACCI', value: await step(() => fibonacci(task.n)) };
    case 'IMAGE': {
      const { bytes, format, width, height, frames } = await processImage(task.bytes, task, step);
      return { kind: 'IMAGE', bytes, format, width, height, frames };
    }
    case 'INSPECT':
      return { kind: 'INSPECT', info: await step(() => inspectImage(task.bytes, task.limits)) };
    case 'ENGINES':
      return { kind: 'ENGINES', engines: await engineInfo() };
    default:
      return task satisfies never;
  }
}

/** Naive recursion: interpreter-bound, without memory access. fibonacci(30) makes 2.7 million calls. */
function fibonacci(n: number): number {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}
