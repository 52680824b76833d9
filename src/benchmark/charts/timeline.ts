import type { TopLevelSpec } from 'vega-lite';
import type { BenchmarkCell } from '../analysis/cell-summary.js';
import { mark, nominal, QUANTITY_AXIS, quantity, rows } from './chart.js';
import { INK, LANE_COLOURS } from './theme.js';
import { bestOfModels, rowName, type WorkGroup } from './work-group.js';

/** Part of a lane: state of a worker, or of the queue, between two times. */
export interface LanePart {
  row: string;
  part: keyof typeof LANE_COLOURS;
  from: number;
  to: number;
}

/** Maximum number of lanes in a chart; further models are omitted, slowest first. */
const MAX_LANES = 40;
/** Shorter parts are less than a tenth of a pixel. */
const LEAST_SHARE = 0.0003;

/**
 * The tasks of the median samples on one clock: for each model a lane for the queue, while tasks wait in it, and a lane
 * for each worker with its lock waits, computing and idle times.
 */
export function timelineChart(group: WorkGroup): TopLevelSpec | null {
  const parts: LanePart[] = [];
  let lanes = 0;
  for (const cell of bestOfModels({ compared: tracedCells(group) })) {
    const ofCell = laneParts(cell);
    const added = new Set(ofCell.map(({ row }) => row)).size;
    if (lanes > 0 && lanes + added > MAX_LANES) break;
    lanes += added;
    parts.push(...ofCell);
  }
  if (parts.length === 0) return null;
  const end = Math.max(...parts.map(({ to }) => to));
  const values = parts.filter(({ from, to, part }) => part !== 'Idle' && to - from >= LEAST_SHARE * end);
  const idle = [...new Set(parts.map(({ row }) => row))].map((row) => ({
    row,
    part: 'Idle',
    from: 0,
    to: end,
  }));
  const x = quantity('from', {
    axis: { ...QUANTITY_AXIS, title: 'milliseconds', labelFlush: true },
    scale: { domain: [0, end], nice: false },
  });
  const color = nominal('part', Object.keys(LANE_COLOURS), Object.values(LANE_COLOURS));
  const bar = { type: 'bar', height: { band: 0.7 }, clip: true };
  return rows(
    idle,
    [
      mark(bar, { x, x2: { field: 'to' }, color }),
      mark({ ...bar, stroke: INK, strokeWidth: 0.25 }, { x, x2: { field: 'to' }, color }, values),
    ],
    15,
  );
}

/** The pooled SYNC cell has the trace of one of its samples; other cells have their own. */
const tracedCells = ({ cells, compared }: WorkGroup): BenchmarkCell[] => [
  ...cells.filter(({ model, timeline }) => model === 'SYNC' && timeline.length > 0).slice(0, 1),
  ...compared.filter(({ model, timeline }) => model !== 'SYNC' && timeline.length > 0),
];

/** The lanes of one cell. */
export function laneParts(cell: BenchmarkCell): LanePart[] {
  const name = rowName(cell);
  const lastStart = Math.max(...cell.timeline.map(({ startMs }) => startMs));
  const queue: LanePart[] =
    lastStart > 0 && cell.timeline.length > 1
      ? [{ row: `${name}: queue`, part: 'Queued', from: 0, to: lastStart }]
      : [];
  const spans = cell.timeline.flatMap(({ worker, startMs, lockWaitMs, endMs }): LanePart[] => {
    const row = `${name}: ${worker}`;
    return [
      { row, part: 'Lock wait', from: startMs, to: startMs + lockWaitMs },
      { row, part: 'Compute', from: startMs + lockWaitMs, to: endMs },
    ];
  });
  return [...queue, ...spans].toSorted((a, b) => laneRank(a) - laneRank(b));
}

/** The queue first, then workers by number. */
const laneRank = ({ row, part }: LanePart): number =>
  part === 'Queued' ? -1 : Number(row.split(': ').at(-1));
