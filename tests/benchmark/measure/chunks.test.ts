import { describe, expect, it } from '@jest/globals';
import { chunked, unchunked } from '../../../src/benchmark/measure/chunks.js';
import type { DoneOutcome } from '../../../src/benchmark/measure/done-outcome.js';
import { DelaySeries } from '../../../src/benchmark/measure/meters/delay-series.js';
import { timelineOf } from '../../../src/benchmark/measure/timeline.js';
import { runTask } from '../../../src/execution/workers/run-task.js';

const outcome = (task: number, worker = 0): DoneOutcome => ({
  status: 'DONE',
  result: { kind: 'FIBONACCI', value: 1 },
  worker,
  submittedAtMs: 1000,
  startedAtMs: 1000 + 10 * task,
  waitMs: 10 * task,
  lockWaitMs: 1,
  computeMs: 5,
});

describe('a chunk', () => {
  it('runs its tasks in one message, and has the times of each', async () => {
    const tasks = Array.from({ length: 5 }, () => ({ kind: 'FIBONACCI', n: 10 }) as const);
    const chunks = chunked(tasks, 2);
    expect(chunks.map((chunk) => (chunk.kind === 'CHUNK' ? chunk.tasks.length : 0))).toEqual([2, 2, 1]);
    const [first] = chunks;
    if (!first) throw new Error('There are three chunks');
    const report = await runTask(first);
    if (report.status !== 'DONE') throw new Error('The tasks succeed');
    const parts = unchunked({ ...outcome(0), ...report });
    expect(parts.map(({ result }) => result)).toEqual([
      { kind: 'FIBONACCI', value: 55 },
      { kind: 'FIBONACCI', value: 55 },
    ]);
    expect(parts[1]?.startedAtMs).toBeGreaterThanOrEqual(parts[0]?.startedAtMs ?? Infinity);
  });

  it('of one task is that task', () => {
    const tasks = [{ kind: 'EMPTY' } as const];
    expect(chunked(tasks, 1)).toEqual(tasks);
  });
});

describe('a timeline', () => {
  it('counts from the first submission, in order of start', () => {
    expect(timelineOf([outcome(1), outcome(0, 1)])).toEqual([
      { task: 1, worker: 1, queuedMs: 0, startMs: 0, lockWaitMs: 1, computeMs: 5, endMs: 6 },
      { task: 0, worker: 0, queuedMs: 0, startMs: 10, lockWaitMs: 1, computeMs: 5, endMs: 16 },
    ]);
  });

  it('is thinned evenly to its bound, with its first and last task', () => {
    const spans = timelineOf(
      Array.from({ length: 1001 }, (_, task) => outcome(task)),
      101,
    );
    expect(spans.map(({ task }) => task)).toEqual(Array.from({ length: 101 }, (_, index) => 10 * index));
  });
});

it('a series of delays keeps at most 100 values, and its largest', () => {
  const series = new DelaySeries();
  for (let index = 0; index < 5000; index++) series.add(index === 3210 ? 99 : 1);
  expect(series.values().length).toBeLessThanOrEqual(100);
  expect(Math.max(...series.values())).toBe(99);
});
