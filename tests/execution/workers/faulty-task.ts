import { pbkdf2Sync } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Task, TaskResult } from '../../../src/execution/executor.js';
import {
  prepare,
  runTask as runRealTask,
  type StepLock,
  type TaskReport,
} from '../../../src/execution/workers/run-task.js';
import type { Operation } from '../../../src/imaging/operation.js';
import { eventually } from '../../support/eventually.js';

export { prepare };

const FOR_EVER = new Promise<never>(() => undefined);

/** Faults of a task in a worker that has this file as its task module. */
const FAULTS = {
  /** Succeeds at once; returns an image unchanged. */
  NONE: () => undefined,
  EXIT: () => process.exit(7),
  /** Ends the whole process after reporting its start, also from a thread, as a fault in native code does. */
  CRASH: async () => {
    await delay(200);
    process.kill(process.pid, 'SIGSEGV');
    return FOR_EVER;
  },
  /** Throws an error that no code catches. */
  UNCAUGHT: () => {
    setImmediate(() => {
      throw new Error('thrown and not caught');
    });
    return FOR_EVER;
  },
  /** Fills the JavaScript heap. */
  HEAP: () => {
    for (const hoard: string[][] = []; ; ) hoard.push(Array.from({ length: 100_000 }, String));
  },
  /** Fills memory outside the JavaScript heap. */
  BUFFERS: async () => {
    for (const hoard: Buffer[] = []; ; await delay(1)) hoard.push(Buffer.alloc(2 ** 23, 1));
  },
  /** Never stops computing. */
  HANG: () => {
    for (;;);
  },
  /** Stops its thread for ever, as computing does, but leaves the processor to others. */
  BLOCK: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
  /** Never settles. */
  NEVER: () => FOR_EVER,
  PID: () => process.pid,
} satisfies Record<string, () => unknown>;

/**
 * A task that misbehaves, pauses for a number of milliseconds, runs until a file exists, or writes a file and then runs
 * native code, which cannot be interrupted, for some twenty seconds.
 */
export type Fault = keyof typeof FAULTS | `PAUSE ${number}` | `UNTIL ${string}` | `NATIVE ${string}`;

const NAMES = Object.keys(FAULTS) as (keyof typeof FAULTS)[];
const THROWN: TaskReport = {
  status: 'FAILED',
  error: { code: 'UNSUPPORTED_MEDIA', message: 'no image' },
};

/** A task that misbehaves. */
export function fault(name: keyof typeof FAULTS | 'THROW'): Task {
  return { kind: 'FIBONACCI', n: name === 'THROW' ? -99 : -1 - NAMES.indexOf(name) };
}

/** An operation that makes its task misbehave. */
export function faultyOperation(name: Fault | 'THROW'): Operation {
  return { kind: 'WATERMARK', params: { text: name, position: 'CENTER', opacity: 1 } };
}

export async function runTask(task: Task, lock?: StepLock): Promise<TaskReport> {
  const name = faultOf(task);
  if (name === undefined) return runRealTask(task, lock);
  if (name === 'THROW') return THROWN;
  // Every fault occurs while the worker holds the lock, if there is one.
  lock?.acquire();
  const value = await misbehave(name);
  lock?.release();
  const report = await runRealTask({ kind: 'EMPTY' });
  return report.status === 'DONE' ? { ...report, result: resultOf(task, value) } : report;
}

function misbehave(name: string): unknown {
  const [, kind, argument = ''] = /^(\w+) ?(.*)$/.exec(name) ?? [];
  if (kind === 'PAUSE') return delay(Number(argument));
  if (kind === 'UNTIL') return eventually(() => existsSync(argument));
  if (kind === 'NATIVE') {
    writeFileSync(argument, '');
    return pbkdf2Sync('', '', 40_000_000, 8, 'sha512');
  }
  return FAULTS[kind as keyof typeof FAULTS]();
}

function faultOf(task: Task): string | undefined {
  if (task.kind === 'FIBONACCI' && task.n < 0) return task.n === -99 ? 'THROW' : NAMES[-1 - task.n];
  const first = task.kind === 'IMAGE' ? task.operations[0] : undefined;
  return first?.kind === 'WATERMARK' ? first.params.text : undefined;
}

function resultOf(task: Task, value: unknown): TaskResult {
  if (task.kind !== 'IMAGE') return { kind: 'FIBONACCI', value: Number(value) };
  const bytes = typeof value === 'number' ? Buffer.from(String(value)) : new Uint8Array(task.bytes);
  return { kind: 'IMAGE', frames: 1, bytes, format: 'PNG', width: 1, height: 1 };
}
