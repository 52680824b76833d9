import type { BenchmarkCell } from '../analysis/cell-summary.js';
import { inFlightText } from '../analysis/cell-summary.js';
import type { TaskSpan } from '../sample.js';
import { sweepText } from '../sweep.js';
import type { BenchmarkReport } from './report.js';

/** An event of the Chrome trace format; times in microseconds. Each cell is a process, each worker a thread. */
type TraceEvent =
  | { name: 'process_name' | 'thread_name'; ph: 'M'; pid: number; tid: number; args: { name: string } }
  | { name: 'process_sort_index'; ph: 'M'; pid: number; tid: number; args: { sort_index: number } }
  | {
      name: string;
      cat: 'task' | 'lock';
      ph: 'X';
      pid: number;
      tid: number;
      ts: number;
      dur: number;
      args: Record<string, number>;
    };

/** The timelines of the cells as Chrome trace events, which Perfetto and chrome://tracing open. */
export function toTrace({ name, cells }: BenchmarkReport): string {
  const traceEvents = cells.flatMap((cell, index) => cellEvents(cell, index + 1));
  return `${JSON.stringify({ displayTimeUnit: 'ms', otherData: { benchmark: name }, traceEvents })}\n`;
}

function cellEvents(cell: BenchmarkCell, pid: number): TraceEvent[] {
  if (cell.timeline.length === 0) return [];
  const workers = [...new Set(cell.timeline.map(({ worker }) => worker))].sort((a, b) => a - b);
  return [
    { name: 'process_name', ph: 'M', pid, tid: 0, args: { name: cellTitle(cell) } },
    { name: 'process_sort_index', ph: 'M', pid, tid: 0, args: { sort_index: pid } },
    ...workers.map(
      (worker): TraceEvent => ({
        name: 'thread_name',
        ph: 'M',
        pid,
        tid: worker + 1,
        args: { name: `worker ${worker}` },
      }),
    ),
    ...[...Map.groupBy(cell.timeline, ({ worker }) => worker).values()].flatMap((lane) =>
      laneEvents(lane, pid),
    ),
  ];
}

/** The tasks of one worker, which ran one after another: rounding to microseconds must not make them overlap. */
function laneEvents(lane: readonly TaskSpan[], pid: number): TraceEvent[] {
  let free = 0;
  return lane
    .toSorted((a, b) => a.startMs - b.startMs)
    .flatMap((span) => {
      const ts = Math.max(free, Math.round(span.startMs * 1000));
      free = Math.max(ts, Math.round(span.endMs * 1000));
      return taskEvents(span, { pid, tid: span.worker + 1, ts, dur: free - ts });
    });
}

/** The lock is acquired for each step of a task; the trace shows the total wait at the start of the task. */
function taskEvents(span: TaskSpan, at: { pid: number; tid: number; ts: number; dur: number }): TraceEvent[] {
  const { task, queuedMs, startMs, lockWaitMs, computeMs } = span;
  const args = { task, queuedMs, waitedMs: startMs - queuedMs, lockWaitMs, computeMs };
  const event: TraceEvent = { name: `task ${task}`, cat: 'task', ph: 'X', ...at, args };
  if (lockWaitMs <= 0) return [event];
  const dur = Math.min(at.dur, Math.round(lockWaitMs * 1000));
  return [event, { name: 'lock wait', cat: 'lock', ph: 'X', ...at, dur, args: { task } }];
}

function cellTitle({ engine, imageCount, sweep, ...cell }: BenchmarkCell): string {
  const work = engine === null ? `${imageCount} tasks` : `${imageCount} images, ${engine}`;
  return [`${inFlightText(cell)}: ${work}`, ...(sweep ? [sweepText(sweep)] : [])].join(', ');
}
