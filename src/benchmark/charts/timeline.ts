import type { TopLevelSpec } from 'vega-lite';
import type { ConcurrencyModel } from '../../execution/model.js';
import type { BenchmarkCell } from '../analysis/cell-summary.js';
import { chart, mark, nominal, QUANTITY_AXIS, quantity } from './chart.js';
import { INK, LANE_COLOURS } from './theme.js';
import { bestName, tracedBest, type WorkGroup } from './work-group.js';

/** Part of a lane: state of a worker, or of the queue, between two times. */
export interface LanePart {
  row: string;
  part: keyof typeof LANE_COLOURS;
  from: number;
  to: number;
}

/** Lanes that a chart has room for; models with more are omitted. */
const MAX_LANES = 48;
/** Shorter parts are less than a tenth of a pixel. */
const LEAST_SHARE = 0.0003;
const LANE_HEIGHT = 15;

/**
 * The tasks of the median samples on one clock: for each model its name, a lane for the queue, while tasks wait in it, and
 * a lane for each worker with its lock waits, computing and idle times.
 */
export function timelineChart(group: WorkGroup): TopLevelSpec | null {
  const models: { name: string; parts: LanePart[] }[] = [];
  let lanes = 0;
  for (const cell of tracedBest(group, ({ timeline }) => timeline.length > 0)) {
    const parts = laneParts(cell);
    const added = 1 + lanesOf(parts).length;
    if (lanes > 0 && lanes + added > MAX_LANES) continue;
    lanes += added;
    models.push({ name: bestName(cell), parts });
  }
  if (models.length === 0) return null;
  const parts = models.flatMap((model) => model.parts);
  const end = Math.max(...parts.map(({ to }) => to));
  const inSeconds = end >= 1000;
  const scaled = (part: LanePart): LanePart =>
    inSeconds ? { ...part, from: part.from / 1000, to: part.to / 1000 } : part;
  const shown = parts.filter(({ from, to, part }) => part !== 'Idle' && to - from >= LEAST_SHARE * end);
  const idle = lanesOf(parts).map((row): LanePart => ({ row, part: 'Idle', from: 0, to: end }));
  const names = models.flatMap(({ name, parts: ofModel }) => [name, ...lanesOf(ofModel)]);
  return laneChart(names, idle.map(scaled), shown.map(scaled), inSeconds ? 'seconds' : 'milliseconds');
}

/** @param names of the rows in order; the name of a model has no lane, and is written over the plot */
function laneChart(
  names: readonly string[],
  idle: readonly LanePart[],
  shown: readonly LanePart[],
  unit: string,
): TopLevelSpec {
  const end = Math.max(...idle.map(({ to }) => to));
  const titles = names.filter((name) => !name.includes(SEPARATOR)).map((row) => ({ row, title: row }));
  const y = {
    field: 'row',
    type: 'nominal',
    sort: null,
    scale: { domain: [...names] },
    axis: { title: null, labelExpr: `split(datum.value, '${SEPARATOR}')[1]` },
  };
  const x = quantity('from', {
    axis: { ...QUANTITY_AXIS, title: unit, labelFlush: true },
    scale: { domain: [0, end], nice: false },
  });
  const color = nominal('part', Object.keys(LANE_COLOURS), Object.values(LANE_COLOURS));
  const bar = { type: 'bar', height: { band: 0.7 }, clip: true };
  return chart(names.length * LANE_HEIGHT + 40, idle, [
    mark(bar, { x, x2: { field: 'to' }, y, color }),
    mark({ ...bar, stroke: INK, strokeWidth: 0.25 }, { x, x2: { field: 'to' }, y, color }, shown),
    mark(
      { type: 'text', align: 'left', dy: 2, fontSize: 11, fontWeight: 600, color: INK },
      { x: { value: 0 }, y, text: { field: 'title' } },
      titles,
    ),
  ]);
}

const SEPARATOR = ': ';

/** The lanes of one cell. */
export function laneParts(cell: BenchmarkCell): LanePart[] {
  const name = bestName(cell);
  const lastStart = Math.max(...cell.timeline.map(({ startMs }) => startMs));
  const queue: LanePart[] =
    lastStart > 0 && cell.timeline.length > 1
      ? [{ row: `${name}${SEPARATOR}queue`, part: 'Queued', from: 0, to: lastStart }]
      : [];
  const spans = cell.timeline.flatMap(({ worker, startMs, lockWaitMs, endMs }): LanePart[] => {
    const row = `${name}${SEPARATOR}${laneName(cell.model, worker)}`;
    return [
      { row, part: 'Lock wait', from: startMs, to: startMs + lockWaitMs },
      { row, part: 'Compute', from: startMs + lockWaitMs, to: endMs },
    ];
  });
  return [...queue, ...spans].toSorted((a, b) => laneRank(a) - laneRank(b));
}

function laneName(model: ConcurrencyModel, worker: number): string {
  if (model === 'SYNC') return 'loop';
  return model === 'ASYNC' ? `in flight ${worker}` : `worker ${worker}`;
}

const lanesOf = (parts: readonly LanePart[]): string[] => [...new Set(parts.map(({ row }) => row))];

/** The queue first, then workers by number; the loop is alone. */
const laneRank = ({ row, part }: LanePart): number =>
  part === 'Queued' ? -1 : Number(row.match(/\d+$/)?.[0] ?? 0);
