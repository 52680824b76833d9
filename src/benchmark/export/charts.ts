import type { TopLevelSpec } from 'vega-lite';
import type { BenchmarkCell } from '../analysis/cell-summary.js';
import { mebibytes, milliseconds, times } from '../analysis/format-numbers.js';
import { FELT_DELAY_MS } from '../analysis/recommendation.js';
import { tellsOverhead } from '../sample.js';
import { CHART_CONFIG, INK, MODEL_COLOURS, MODEL_SHAPES, QUIET_INK, TIME_COLOURS } from './chart-theme.js';
import { bestOfModels, type WorkGroup } from './work-group.js';

/** Small charts of one work each, as wide as a phone: a page sets them side by side where there is room. */

const WIDTH = 320;

type Layer = Extract<TopLevelSpec, { layer: unknown }>['layer'];
type Channel = Record<string, unknown>;
type Mark = Record<string, unknown>;

const MODEL_COLOUR = byModel(MODEL_COLOURS);
const MODEL_SHAPE = byModel(MODEL_SHAPES);
const QUANTITY_AXIS = { title: null, tickCount: 4, domain: false };

/** The median of every model at its best number of workers, with its interval. */
export function timeChart(group: WorkGroup): TopLevelSpec {
  return namedBars(
    bestOfModels(group).map((cell) => ({
      model: cell.model,
      name: bestName(cell),
      value: cell.medianMs,
      low: cell.medianInterval?.low ?? cell.medianMs,
      high: cell.medianInterval?.high ?? cell.medianMs,
      label: [milliseconds(cell.medianMs), ...(cell.speedup === null ? [] : [times(cell.speedup)])].join(
        ' · ',
      ),
    })),
  );
}

/** Highest resident memory, at the same numbers of workers as {@link timeChart}. */
export function memoryChart(group: WorkGroup): TopLevelSpec {
  return namedBars(
    bestOfModels(group).map((cell) => ({
      model: cell.model,
      name: bestName(cell),
      value: cell.peakRssBytes,
      low: cell.peakRssBytes,
      high: cell.peakRssBytes,
      label: mebibytes(cell.peakRssBytes),
    })),
  );
}

/** Parts of the wall time of the median samples. */
export function breakdownChart({ cells }: WorkGroup): TopLevelSpec {
  const inSeconds = cells.some(({ medianMs }) => medianMs >= 2000);
  const values = cells.flatMap((cell) => {
    const { computeMs, lockWaitMs, overheadMs } = cell.breakdown;
    const overhead = tellsOverhead(cell.model) ? { Overhead: overheadMs } : {};
    const parts = { Compute: computeMs, 'Lock wait': lockWaitMs, ...overhead };
    return Object.entries(parts).map(([part, ms], order) => ({
      row: rowName(cell),
      part,
      order,
      time: inSeconds ? ms / 1000 : ms,
    }));
  });
  const x = quantity('time', { axis: { ...QUANTITY_AXIS, title: inSeconds ? 'seconds' : 'milliseconds' } });
  const color = nominal('part', Object.keys(TIME_COLOURS), Object.values(TIME_COLOURS));
  return rows(values, [
    mark({ type: 'bar', height: { band: 0.66 } }, { x, color, order: quantity('order') }),
  ]);
}

/** How late the loop was, on a scale that shows 1 ms beside 1 s; the line marks what is felt. */
export function eventLoopChart({ cells }: WorkGroup): TopLevelSpec {
  const values = cells.map((cell) => ({
    model: cell.model,
    row: rowName(cell),
    zero: 0,
    value: cell.eventLoopDelayP99Ms,
    label: milliseconds(cell.eventLoopDelayP99Ms),
  }));
  const latest = Math.max(FELT_DELAY_MS, ...values.map(({ value }) => value));
  const scale = { type: 'symlog', constant: 1, domain: [0, latest * 20], nice: false };
  const x = quantity('value', { scale, axis: null });
  return rows(values, [
    mark(
      { type: 'rule', strokeDash: [4, 4], color: QUIET_INK },
      { x: { datum: FELT_DELAY_MS, type: 'quantitative', scale, axis: null }, y: null },
    ),
    mark(
      { type: 'rule', strokeWidth: 2 },
      { x: { ...x, field: 'zero' }, x2: { field: 'value' }, color: MODEL_COLOUR },
    ),
    mark({ type: 'point', filled: true, size: 60, opacity: 1 }, { x, color: MODEL_COLOUR }),
    mark(
      { type: 'text', align: 'right', color: INK, fontSize: 11 },
      { x: { value: 'width' }, text: { field: 'label' } },
    ),
  ]);
}

/** Speed-up over SYNC by workers, and the most that the processors there are could give. */
export function speedupChart({ cells }: WorkGroup, processors: number): TopLevelSpec {
  const values = cells.map(({ model, workers, speedup, speedupInterval }) => ({
    model,
    workers,
    value: speedup,
    low: speedupInterval?.low ?? speedup,
    high: speedupInterval?.high ?? speedup,
  }));
  const counts = [...new Set(cells.map(({ workers }) => workers))].toSorted((a, b) => a - b);
  const ideal = counts.map((workers) => ({ workers, value: Math.min(workers, processors) }));
  const x = { field: 'workers', type: 'ordinal', axis: { title: 'workers', labelAngle: 0, grid: false } };
  const y = quantity('value', { axis: { ...QUANTITY_AXIS, title: 'times SYNC' }, scale: { zero: true } });
  const color = MODEL_COLOUR;
  return chart(240, values, [
    { data: { values: ideal }, ...mark({ type: 'line', strokeDash: [5, 5], color: QUIET_INK }, { x, y }) },
    mark(
      { type: 'rule', opacity: 0.45, strokeWidth: 1.5 },
      { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
    ),
    mark({ type: 'line', strokeWidth: 2 }, { x, y, color }),
    mark({ type: 'point', filled: true, size: 60, opacity: 1 }, { x, y, color, shape: MODEL_SHAPE }),
  ]);
}

interface NamedBar {
  model: string;
  name: string;
  value: number;
  low: number;
  high: number;
  label: string;
}

/** Bars over the whole width; above each its name, and its figure at the right. */
function namedBars(values: readonly NamedBar[]): TopLevelSpec {
  const longest = Math.max(...values.map(({ high }) => high));
  const x = quantity('value', { axis: null, scale: { domain: [0, longest], nice: false } });
  const y = { field: 'name', type: 'nominal', sort: values.map(({ name }) => name), axis: null };
  const text = { type: 'text', baseline: 'bottom', dy: -5, fontSize: 12 };
  return chart(values.length * 44, values, [
    mark({ type: 'bar', height: 10, yOffset: 8, cornerRadius: 3 }, { x, y, color: MODEL_COLOUR }),
    mark(
      { type: 'rule', yOffset: 8, color: INK, strokeWidth: 1.5 },
      { x: { ...x, field: 'low' }, x2: { field: 'high' }, y },
    ),
    mark({ ...text, align: 'left', color: QUIET_INK }, { x: { value: 0 }, y, text: { field: 'name' } }),
    mark(
      { ...text, align: 'right', color: INK, fontWeight: 600 },
      { x: { value: 'width' }, y, text: { field: 'label' } },
    ),
  ]);
}

/** One row for each name, in the order given. */
function rows(values: readonly { row: string }[], layer: readonly object[]): TopLevelSpec {
  const names = [...new Set(values.map(({ row }) => row))];
  const y = { field: 'row', type: 'nominal', sort: names, axis: { title: null, labelLimit: 200 } };
  return { ...chart(names.length * 22 + 40, values, layer), encoding: { y } } as TopLevelSpec;
}

function chart(height: number, values: readonly object[], layer: readonly object[]): TopLevelSpec {
  return {
    width: WIDTH,
    height,
    autosize: { type: 'fit', contains: 'padding' },
    padding: 2,
    config: CHART_CONFIG,
    data: { values: [...values] },
    layer: layer as Layer,
  };
}

function mark(how: Mark, encoding: Record<string, Channel | null>): object {
  return { mark: how, encoding };
}

function quantity(field: string, how: Channel = {}): Channel {
  return { field, type: 'quantitative', ...how };
}

function nominal(field: string, domain: readonly string[], range: readonly string[]): Channel {
  return { field, type: 'nominal', scale: { domain, range }, legend: null };
}

function byModel(looks: Readonly<Record<string, string>>): Channel {
  return nominal('model', Object.keys(looks), Object.values(looks));
}

/** SYNC stands for its cells at every number of workers. */
function bestName(cell: BenchmarkCell): string {
  return cell.model === 'SYNC' ? cell.model : rowName(cell);
}

function rowName({ model, workers }: BenchmarkCell): string {
  return `${model.replace('_', ' ')} ×${workers}`;
}
