import { readFile } from 'node:fs/promises';
import type { Task } from '../../execution/executor.js';
import type { Cell } from '../cell.js';
import type { BenchmarkWork } from '../sample-runner.js';
import type { SweepPoint } from '../sweep.js';

/** The tasks of one batch: the different tasks of the work, in turn. */
export async function tasksOf({ engine, imageCount, sweep }: Cell, work: BenchmarkWork): Promise<Task[]> {
  const distinct = await distinctTasks(engine, sweep, work);
  return Array.from({ length: imageCount }, (_, index) => distinct[index % distinct.length]).filter(
    (task) => task !== undefined,
  );
}

async function distinctTasks(
  engine: Cell['engine'],
  sweep: SweepPoint | null | undefined,
  work: BenchmarkWork,
): Promise<Task[]> {
  if (work.workload === 'FIBONACCI') return [{ kind: 'FIBONACCI', n: work.n, ...fibonacciAxis(sweep) }];
  if (work.workload === 'TASK') throw new TypeError('Task modules are loaded by userTasks');
  if (engine === null) throw new TypeError('Work on images needs an engine');
  const { operations, limits, sourcePaths } = work;
  const paths = 'length' in sourcePaths ? sourcePaths : (sourcePaths[String(sweep?.value)] ?? []);
  const sources = await Promise.all((paths as readonly string[]).map((path) => readFile(path)));
  const lockShare = sweep?.axis === 'LOCK_SHARE' ? { lockShare: sweep.value } : {};
  return sources.map((bytes): Task => ({ kind: 'IMAGE', bytes, engine, operations, limits, ...lockShare }));
}

function fibonacciAxis(sweep: SweepPoint | null | undefined): Partial<Extract<Task, { kind: 'FIBONACCI' }>> {
  if (!sweep) return {};
  switch (sweep.axis) {
    case 'LOCK_SHARE':
      return { lockShare: sweep.value };
    case 'WAIT_SHARE':
      return { waitShare: sweep.value };
    case 'PAYLOAD_BYTES':
      return { bytes: new Uint8Array(sweep.value).fill(1) };
    case 'IMAGE_EDGE':
    case 'CHUNK_SIZE':
      return {};
    default:
      return sweep.axis satisfies never;
  }
}
