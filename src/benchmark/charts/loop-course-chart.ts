import type { TopLevelSpec } from 'vega-lite';
import { NOTICEABLE_DELAY_MS } from '../analysis/recommendation-text.js';
import { chart, MODEL_COLOUR, MODEL_SHAPE, mark, powersOfTen, QUANTITY_AXIS, quantity } from './chart.js';
import { QUIET_INK } from './theme.js';
import { tracedBest, type WorkGroup } from './work-group.js';

/** Points with the shape of their model on each line, so that lines differ without colours. */
const SIGNS = 6;

/**
 * Event-loop delay over the median sample of every model at its best. A series has no times, only an order, so that the
 * axis goes from the first to the last timer. Null where no cell has a series.
 */
export function loopCourseChart(group: WorkGroup): TopLevelSpec | null {
  const cells = tracedBest(group, ({ eventLoopDelaysMs }) => eventLoopDelaysMs.length > 0);
  if (cells.length === 0) return null;
  const values = cells.flatMap(({ model, eventLoopDelaysMs: delays }, index) => {
    const every = Math.ceil(delays.length / SIGNS);
    // The signs of different lines are not above one another.
    const first = Math.floor((every * index) / cells.length);
    return delays.map((value, order) => ({
      model,
      value,
      percent: (100 * (order + 0.5)) / delays.length,
      isSigned: order % every === first,
    }));
  });
  const latest = Math.max(NOTICEABLE_DELAY_MS, ...values.map(({ value }) => value));
  const scale = { type: 'symlog', constant: 1, domain: [0, latest * 1.2], nice: false };
  const axis = { ...QUANTITY_AXIS, title: 'milliseconds', values: [0, ...powersOfTen(latest * 1.2)] };
  const y = quantity('value', { scale, axis });
  const x = quantity('percent', {
    scale: { domain: [0, 100], nice: false },
    axis: { title: 'measurements in order, %', values: [0, 25, 50, 75, 100], grid: false, labelFlush: true },
  });
  return chart(240, values, [
    mark(
      { type: 'rule', strokeDash: [4, 4], color: QUIET_INK },
      { y: { datum: NOTICEABLE_DELAY_MS, type: 'quantitative', scale, axis } },
    ),
    mark({ type: 'line', strokeWidth: 1.5, interpolate: 'step' }, { x, y, color: MODEL_COLOUR }),
    mark(
      { type: 'point', filled: true, size: 50, opacity: 1 },
      { x, y, color: MODEL_COLOUR, shape: MODEL_SHAPE },
      values.filter(({ isSigned }) => isSigned),
    ),
  ]);
}
