import { type ErrorData, toErrorData } from '../../errors.js';
import type { StepRunner } from '../../imaging/engine-info.js';
import type { ImageEngineName } from '../../imaging/engine-name.js';
import { loadEngine } from '../../imaging/engines/engine-registry.js';
import type { ChunkPart, Task, TaskResult } from '../executor.js';
import { runUserTask } from '../tasks/user-task.js';
import { monotonicMs } from './clock.js';
import { runFibonacci } from './fibonacci-task.js';

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

let imaging: Promise<typeof import('../../imaging/process-image.js')> | undefined;

/** Loaded once, and not by workers of tasks without images: it would add to the start-up that a user's task is charged. */
function loadImaging() {
  imaging ??= import('../../imaging/process-image.js');
  return imaging;
}

/** Loads the engines and what they need, so that loading counts as start-up and not as work. */
export async function prepare(engines: readonly ImageEngineName[]): Promise<void> {
  if (engines.length > 0) await Promise.all([loadImaging(), ...engines.map(loadEngine)]);
}

/** Runs one task, the same way in every model. Never rejects: a failure is part of the report. */
export async function runTask(task: Task, lock?: StepLock): Promise<TaskReport> {
  if (task.kind === 'CHUNK') return runChunk(task.tasks, lock);
  let lockWaitMs = 0;
  const holdsLock = lockedSteps('lockShare' in task ? task.lockShare : undefined);
  const step: StepRunner = async (work) => {
    if (!lock || !holdsLock()) return work();
    lockWaitMs += lock.acquire();
    try {
      return await work();
    } finally {
      lock.release();
    }
  };
  try {
    // No part of the work, where `prepare` has not loaded it.
    if (task.kind === 'IMAGE') await loadImaging();
    const startedAtMs = monotonicMs();
    const result = await perform(task, step);
    const computeMs = monotonicMs() - startedAtMs - lockWaitMs;
    return { status: 'DONE', result, startedAtMs, lockWaitMs, computeMs };
  } catch (error) {
    const data = toErrorData(error);
    // In a chunk, nothing else says which task failed.
    if (task.kind === 'USER') data.details = { ...data.details, input: task.index };
    return { status: 'FAILED', error: data };
  }
}

/** Runs tasks that came in one message, one after another. */
async function runChunk(tasks: readonly Task[], lock?: StepLock): Promise<TaskReport> {
  const startedAtMs = monotonicMs();
  const parts: ChunkPart[] = [];
  for (const task of tasks) {
    const report = await runTask(task, lock);
    if (report.status === 'FAILED') return report;
    const { result, lockWaitMs, computeMs } = report;
    parts.push({ result, startedAtMs: report.startedAtMs, lockWaitMs, computeMs });
  }
  const sum = (of: (part: ChunkPart) => number) => parts.reduce((total, part) => total + of(part), 0);
  return {
    status: 'DONE',
    result: { kind: 'CHUNK', parts },
    startedAtMs,
    lockWaitMs: sum((part) => part.lockWaitMs),
    computeMs: sum((part) => part.computeMs),
  };
}

/** Decides for each step whether it holds the lock, so that `share` of the steps hold it. */
function lockedSteps(share = 1): () => boolean {
  let steps = 0;
  return () => {
    steps++;
    return Math.floor(steps * share + ROUNDING) > Math.floor((steps - 1) * share + ROUNDING);
  };
}

/** 20 x 0.15 must count as 3, although it is slightly less in floating point. */
const ROUNDING = 1e-9;

async function perform(task: Exclude<Task, { kind: 'CHUNK' }>, step: StepRunner): Promise<TaskResult> {
  switch (task.kind) {
    case 'EMPTY':
      return { kind: 'EMPTY' };
    case 'FIBONACCI':
      return runFibonacci(task, step);
    case 'USER':
      return runUserTask(task, step);
    case 'IMAGE': {
      const { processImage } = await loadImaging();
      const { bytes, format, width, height, frames } = await processImage(task.bytes, task, step);
      return { kind: 'IMAGE', bytes, format, width, height, frames };
    }
    case 'INSPECT':
      return { kind: 'INSPECT', info: await step(() => inspect(task)) };
    case 'DESCRIBE':
      return { kind: 'DESCRIBE', description: await step(() => describe(task)) };
    default:
      return task satisfies never;
  }
}

async function inspect({ bytes, limits }: Extract<Task, { kind: 'INSPECT' }>) {
  const { inspectImage } = await import('../../imaging/inspect-image.js');
  return inspectImage(bytes, limits);
}

/** Loaded at the first use: workers of benchmarks and of JIMP alone never need it. */
async function describe({ bytes, limits }: Extract<Task, { kind: 'DESCRIBE' }>) {
  const { describeImage } = await import('../../imaging/describe-image.js');
  return describeImage(bytes, limits);
}
