import type { TopLevelSpec } from 'vega-lite';
import { chart, MODEL_COLOUR, MODEL_SHAPE, mark, QUANTITY_AXIS, quantity, WIDTH } from './chart.js';
import { QUIET_INK } from './theme.js';
import { bestName, type WorkGroup } from './work-group.js';

/**
 * Time by peak memory, one point for each cell, with the Pareto edge: the cells that no other cell beats in both. A cell
 * right of and above the edge costs more time and memory than one on it.
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
      labelled(edge, values),
    ),
  ]);
}

/** The points that no other point beats in time and memory, by time. */
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

/** The points of an edge whose names do not overlap: each is a tenth of the drawing away from the one before. */
function labelled<Point extends { time: number; memory: number }>(
  edge: readonly Point[],
  all: readonly Point[],
): Point[] {
  const span = (of: (point: Point) => number) => Math.max(...all.map(of)) - Math.min(...all.map(of)) || 1;
  const [times, memories] = [span(({ time }) => time), span(({ memory }) => memory)];
  const shown: Point[] = [];
  for (const point of edge) {
    const isApart = shown.every(
      ({ time, memory }) =>
        Math.abs(point.time - time) > 0.25 * times || Math.abs(point.memory - memory) > 0.08 * memories,
    );
    if (isApart) shown.push(point);
  }
  return shown;
}
