import type { TopLevelSpec } from 'vega-lite';
import type { ScalingFit } from '../analysis/scaling.js';
import { uslThroughput } from '../statistics/usl.js';
import { AXES } from '../sweep.js';
import { chart, MODEL_COLOUR, MODEL_SHAPE, mark, QUANTITY_AXIS, quantity, WIDTH } from './chart.js';
import { QUIET_INK } from './theme.js';
import { bestName, bestOfModels, rowName, type WorkGroup } from './work-group.js';

/** Lines of curves: points at which a fitted curve is drawn. */
const CURVE_STEPS = 60;

/**
 * Speed-up over SYNC by workers. Lines connect the measured points; where a curve was fitted, it is drawn instead. The
 * dashed line is the limit of the processors.
 */
export function speedupChart(
  { cells, compared }: WorkGroup,
  processors: number,
  fits: readonly ScalingFit[],
): TopLevelSpec {
  const values = cells.map(({ model, workers, speedup, speedupInterval }) => ({
    model,
    workers,
    value: speedup,
    low: speedupInterval?.low ?? speedup,
    high: speedupInterval?.high ?? speedup,
  }));
  const counts = [...new Set(cells.map(({ workers }) => workers))].toSorted((a, b) => a - b);
  const most = counts.at(-1) ?? 1;
  const ideal = counts.map((workers) => ({ workers, value: Math.min(workers, processors) }));
  const perSecond = compared.find(({ model }) => model === 'SYNC')?.imagesPerSecond;
  const fitted = perSecond === undefined ? [] : fits.flatMap((fit) => curveValues(fit, perSecond, most));
  const withoutCurve = values.filter(({ model }) => !fitted.some((point) => point.model === model));
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
    mark({ type: 'line', strokeWidth: 2 }, { x, y, color }, withoutCurve),
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

/**
 * Time by peak memory, one point for each cell, with the Pareto front: every other cell takes more time and more
 * memory than a cell on it.
 */
export function paretoChart({ compared }: WorkGroup): TopLevelSpec {
  const values = compared.map((cell) => ({
    model: cell.model,
    name: bestName(cell),
    time: cell.medianMs,
    memory: cell.peakRssBytes / 2 ** 20,
  }));
  const edge = paretoEdge(values);
  const x = quantity('time', {
    axis: { ...QUANTITY_AXIS, title: 'milliseconds', grid: true },
    scale: { zero: false, padding: 14 },
  });
  const y = quantity('memory', {
    axis: { ...QUANTITY_AXIS, title: 'MiB, peak' },
    scale: { zero: false, padding: 14 },
  });
  return chart(240, values, [
    mark(
      { type: 'line', interpolate: 'step-after', strokeDash: [3, 3], color: QUIET_INK },
      { x, y, order: quantity('time') },
      edge,
    ),
    mark(
      { type: 'point', filled: true, size: 70, opacity: 1 },
      { x, y, color: MODEL_COLOUR, shape: MODEL_SHAPE },
    ),
    mark(
      { type: 'text', dy: -10, fontSize: 10, color: QUIET_INK, limit: WIDTH / 3 },
      { x, y, text: { field: 'name' } },
      edge,
    ),
  ]);
}

/** Returns the Pareto front of time and memory, ordered by time. */
export function paretoEdge<Point extends { time: number; memory: number }>(
  points: readonly Point[],
): Point[] {
  let least = Number.POSITIVE_INFINITY;
  return points
    .toSorted((a, b) => a.time - b.time || a.memory - b.memory)
    .filter(({ memory }) => {
      if (memory >= least) return false;
      least = memory;
      return true;
    });
}

/** Start-up and tasks together by number of tasks, for every model at its best: lines cross at the break-even. */
export function breakEvenChart(group: WorkGroup, breakEven: number | null): TopLevelSpec {
  const most = Math.max(10, Math.ceil(1.6 * (breakEven ?? group.imageCount)));
  const values = bestOfModels(group).flatMap((cell) =>
    [0, most].map((tasks) => ({
      model: cell.model,
      tasks,
      time: (cell.breakdown.startupMs + tasks * cell.perImageMs) / 1000,
    })),
  );
  const noun = group.engine === null ? 'tasks' : 'images';
  const x = quantity('tasks', { axis: { ...QUANTITY_AXIS, title: noun, grid: false } });
  const y = quantity('time', { axis: { ...QUANTITY_AXIS, title: 'seconds, start-up included' } });
  return chart(240, values, [
    ...(breakEven === null
      ? []
      : [
          mark(
            { type: 'rule', strokeDash: [4, 4], color: QUIET_INK },
            { x: { datum: breakEven, type: 'quantitative' }, y: null },
          ),
        ]),
    mark({ type: 'line', strokeWidth: 2 }, { x, y, color: MODEL_COLOUR }),
  ]);
}

/** Time over the axis of a sweep, every model at its best number of workers for each value. */
export function sweepChart(groups: readonly WorkGroup[]): TopLevelSpec {
  const axis = groups[0]?.sweep?.axis;
  const values = groups.flatMap((group) =>
    bestOfModels(group).map((cell) => ({
      model: cell.model,
      name: rowName(cell),
      at: group.sweep?.value ?? 0,
      value: cell.medianMs,
      low: cell.medianInterval?.low ?? cell.medianMs,
      high: cell.medianInterval?.high ?? cell.medianMs,
    })),
  );
  const x = quantity('at', { axis: { title: axis ? AXES[axis].title : '', tickCount: 6, grid: false } });
  const y = quantity('value', { axis: { ...QUANTITY_AXIS, title: 'milliseconds' }, scale: { zero: true } });
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
