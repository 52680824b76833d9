import type { TopLevelSpec } from 'vega-lite';
import { AXES, type SweepAxis } from '../sweep.js';
import { type Channel, chart, MODEL_COLOUR, MODEL_SHAPE, mark, QUANTITY_AXIS, quantity } from './chart.js';
import { bestOfModels, type WorkGroup } from './work-group.js';

/** Time over the axis of a sweep, every model at its best number of workers for each value. */
export function sweepChart(groups: readonly WorkGroup[]): TopLevelSpec {
  const axis = groups[0]?.sweep?.axis;
  const cells = groups.map(bestOfModels);
  const inSeconds = cells.flat().some(({ medianMs }) => medianMs >= 1000);
  const time = (ms: number): number => (inSeconds ? ms / 1000 : ms);
  const values = groups.flatMap((group, index) =>
    (cells[index] ?? []).map(({ model, medianMs, medianInterval }) => ({
      model,
      at: group.sweep?.value ?? 0,
      value: time(medianMs),
      low: time(medianInterval?.low ?? medianMs),
      high: time(medianInterval?.high ?? medianMs),
    })),
  );
  const x = quantity('at', sweepScale(axis, [...new Set(values.map(({ at }) => at))]));
  const y = quantity('value', {
    axis: { ...QUANTITY_AXIS, title: inSeconds ? 'seconds' : 'milliseconds' },
    scale: { zero: true },
  });
  return chart(260, values, [
    mark(
      { type: 'rule', opacity: 0.45, strokeWidth: 1.5 },
      { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color: MODEL_COLOUR },
    ),
    mark({ type: 'line', strokeWidth: 2 }, { x, y, color: MODEL_COLOUR }),
    mark(
      { type: 'point', filled: true, size: 50, opacity: 1 },
      { x, y, color: MODEL_COLOUR, shape: MODEL_SHAPE },
    ),
  ]);
}

/** Values further apart than this factor are drawn on a logarithmic scale. */
const WIDE = 16;

/** One tick for each value, in the words of the axis. */
function sweepScale(axis: SweepAxis | undefined, values: readonly number[]): Channel {
  const least = Math.min(...values.filter((value) => value > 0));
  const wide = Math.max(...values) / least >= WIDE;
  const scale = values.includes(0) ? { type: 'symlog', constant: least } : { type: 'log', base: 2 };
  const labels = Object.fromEntries(values.map((value) => [value, axis ? AXES[axis].format(value) : value]));
  return {
    axis: {
      title: axis ? AXES[axis].title : '',
      values: [...values],
      labelExpr: `(${JSON.stringify(labels)})[datum.value]`,
      grid: false,
    },
    scale: wide ? { ...scale, nice: false } : { zero: false, nice: false },
  };
}
