import type { TopLevelSpec } from 'vega-lite';
import type { ScalingFit } from '../analysis/scaling.js';
import { uslThroughput } from '../statistics/usl.js';
import { chart, MODEL_COLOUR, MODEL_SHAPE, mark, QUANTITY_AXIS, quantity } from './chart.js';
import { QUIET_INK } from './theme.js';
import type { WorkGroup } from './work-group.js';

/** Lines of curves: points at which a fitted curve is drawn. */
const CURVE_STEPS = 60;

/**
 * Speed-up over SYNC by workers. Lines connect the measured points; where a curve was fitted, it is drawn instead, up to
 * the number of processors. The dashed line is the limit of the processors. Null where no speed-up has an interval, or at one number of workers.
 */
export function speedupChart(
  { cells, compared }: WorkGroup,
  processors: number,
  fits: readonly ScalingFit[],
): TopLevelSpec | null {
  const values = cells.flatMap(({ model, workers, speedup, speedupInterval }) =>
    speedupInterval
      ? [{ model, workers, value: speedup, low: speedupInterval.low, high: speedupInterval.high }]
      : [],
  );
  const counts = [...new Set(cells.map(({ workers }) => workers))].toSorted((a, b) => a - b);
  if (values.length === 0 || counts.length < 2) return null;
  const most = counts.at(-1) ?? 1;
  const fittedTo = counts.findLast((workers) => workers <= processors) ?? 1;
  const ideal = counts.map((workers) => ({ workers, value: Math.min(workers, processors) }));
  const perSecond = compared.find(({ model }) => model === 'SYNC')?.imagesPerSecond;
  const fitted = perSecond === undefined ? [] : fits.flatMap((fit) => curveValues(fit, perSecond, fittedTo));
  const isFitted = (model: string) => fitted.some((point) => point.model === model);
  const connected = values.filter(({ model, workers }) => !isFitted(model) || workers >= fittedTo);
  const scale = { type: 'log', base: 2, domain: [counts[0] ?? 1, most], nice: false };
  const axis = { title: 'workers', values: counts, labelAngle: 0, grid: false, format: 'd' };
  const x = quantity('workers', { scale, axis });
  const y = quantity('value', { axis: { ...QUANTITY_AXIS, title: 'times SYNC' }, scale: { zero: true } });
  const color = MODEL_COLOUR;
  return chart(240, values, [
    mark({ type: 'line', strokeDash: [5, 5], color: QUIET_INK }, { x, y }, ideal),
    mark(
      { type: 'rule', opacity: 0.45, strokeWidth: 1.5 },
      { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
    ),
    mark({ type: 'line', strokeWidth: 2 }, { x, y, color }, connected),
    ...(fitted.length > 0
      ? [mark({ type: 'line', strokeWidth: 2, opacity: 0.8 }, { x, y, color }, fitted)]
      : []),
    mark({ type: 'point', filled: true, size: 60, opacity: 1 }, { x, y, color, shape: MODEL_SHAPE }),
  ]);
}

function curveValues({ model, usl }: ScalingFit, syncPerSecond: number, most: number) {
  if (!usl) return [];
  return Array.from({ length: CURVE_STEPS + 1 }, (_, step) => {
    const workers = most ** (step / CURVE_STEPS);
    return { model, workers, value: uslThroughput(usl, workers) / syncPerSecond };
  });
}
