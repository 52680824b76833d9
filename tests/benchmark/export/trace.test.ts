import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { toTrace } from '../../../src/benchmark/export/trace.js';
import { MAX_SPANS, type TaskSpan } from '../../../src/benchmark/sample.js';
import { seededRandom } from '../../../src/benchmark/statistics/random.js';
import { samplesOf } from '../samples.js';
import { report } from './record.js';

const microseconds = z.int().min(0);
const place = { pid: z.int().min(1), tid: z.int().min(0) };
/** What Chrome's trace event format asks of the kinds of events used here. */
const TRACE = z.strictObject({
  displayTimeUnit: z.enum(['ms', 'ns']),
  otherData: z.record(z.string(), z.string()),
  traceEvents: z.array(
    z.discriminatedUnion('ph', [
      z.strictObject({
        ph: z.literal('M'),
        name: z.enum(['process_name', 'thread_name', 'process_sort_index']),
        ...place,
        args: z.union([z.object({ name: z.string() }), z.object({ sort_index: z.int() })]),
      }),
      z.strictObject({
        ph: z.literal('X'),
        name: z.string().min(1),
        cat: z.string().min(1),
        ...place,
        ts: microseconds,
        dur: microseconds,
        args: z.record(z.string(), z.number()),
      }),
    ]),
  ),
});

/** Tasks that follow one another without a gap, at times that are no whole microseconds. */
function timeline(workers: number): TaskSpan[] {
  const below = seededRandom(3);
  const free = new Array<number>(workers).fill(0.1);
  return Array.from({ length: MAX_SPANS }, (_, task) => {
    const worker = task % workers;
    const startMs = free[worker] ?? 0;
    const [lockWaitMs, computeMs] = [below(3000) / 1000.3, below(5000) / 999.7];
    free[worker] = startMs + lockWaitMs + computeMs;
    return { task, worker, queuedMs: 0, startMs, lockWaitMs, computeMs, endMs: free[worker] ?? 0 };
  });
}

describe('the Chrome trace', () => {
  const samples = (['THREADS', 'THREADS_LOCKED'] as const).flatMap((model) =>
    samplesOf({ model, workers: 3 }, [100]).map((one) => ({
      ...one,
      trace: { timeline: timeline(3), eventLoopDelaysMs: [] },
    })),
  );
  const trace = TRACE.parse(JSON.parse(toTrace(report({ samples }))));
  const spans = trace.traceEvents.flatMap((event) => (event.ph === 'X' ? [event] : []));

  it('has the fields of the format, names for every process and thread, and every task', () => {
    const named = trace.traceEvents.flatMap(({ ph, name, pid, tid }) =>
      ph === 'M' ? [[name, pid, tid]] : [],
    );
    for (const pid of [1, 2]) {
      expect(named).toContainEqual(['process_name', pid, 0]);
      for (const tid of [1, 2, 3]) expect(named).toContainEqual(['thread_name', pid, tid]);
    }
    expect(spans.filter(({ cat }) => cat === 'task')).toHaveLength(2 * MAX_SPANS);
  });

  it('has no overlapping tasks in a thread, and lock waits within their tasks', () => {
    for (const lane of Map.groupBy(spans, ({ pid, tid }) => `${pid}/${tid}`).values()) {
      let free = 0;
      for (const { cat, ts, dur, args } of lane) {
        if (cat === 'task') {
          expect(ts).toBeGreaterThanOrEqual(free);
          free = ts + dur;
        } else {
          expect(args).toHaveProperty('task');
          expect(ts + dur).toBeLessThanOrEqual(free);
        }
      }
    }
  });

  it('is an empty list where no timeline was stored', () => {
    expect(JSON.parse(toTrace(report({ samples: samplesOf({}, [100]) }))).traceEvents).toEqual([]);
  });
});
