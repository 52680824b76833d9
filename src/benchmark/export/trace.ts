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
    ...cell.timeline.flatMap((span) => taskEvents(span, pid)),
  ];
}

/** The lock is taken for each step of a task; its total wait is shown at the start of the task. */
function taskEvents(span: TaskSpan, pid: number): TraceEvent[] {
  const { task, worker, queuedMs, startMs, lockWaitMs, computeMs, endMs } = span;
  const at = { pid, tid: worker + 1 };
  const args = { task, queuedMs, waitedMs: startMs - queuedMs, lockWaitMs, computeMs };
  const event: TraceEvent = {
    name: `task ${task}`,
    cat: 'task',
    ph: 'X',
    ...at,
    ts: startMs * 1000,
    dur: (endMs - startMs) * 1000,
    args,
  };
  return lockWaitMs > 0
    ? [
        event,
        {
          name: 'lock wait',
          cat: 'lock',
          ph: 'X',
          ...at,
          ts: startMs * 1000,
          dur: lockWaitMs * 1000,
          args: { task },
        },
      ]
    : [event];
}

function cellTitle({ engine, imageCount, sweep, ...cell }: BenchmarkCell): string {
  const work = engine === null ? `${imageCount} tasks` : `${imageCount} images, ${engine}`;
  return [`${inFlightText(cell)}: ${work}`, ...(sweep ? [sweepText(sweep)] : [])].join(', ');
}
