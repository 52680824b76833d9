import type { TopLevelSpec } from 'vega-lite';
import { type ComparisonRow, EQUIVALENCE } from '../analysis/comparison/comparison.js';
import { interval, milliseconds, times } from '../analysis/format-numbers.js';
import type { Cell } from '../cell.js';
import { sweepText } from '../sweep.js';
import { MODEL_COLOUR, MODEL_SHAPE, mark, quantity, rows } from './chart.js';
import { INK, QUIET_INK } from './theme.js';
import { rowName } from './work-group.js';

/** Name of a compared cell, such as "THREADS ×2, JIMP, 10". */
export function comparedName({ engine, imageCount, sweep, ...cell }: Cell): string {
  const parts = [rowName(cell), engine, String(imageCount), sweep && sweepText(sweep)];
  return parts.filter(Boolean).join(', ');
}

/**
 * A forest plot: the speed of every cell relative to the baseline, with its 95 % interval, on a logarithmic scale. Right
 * of the line is faster; within the grey band the difference makes no practical difference. A cell without an interval
 * has a hollow point.
 */
export function forestChart(compared: readonly ComparisonRow[]): TopLevelSpec {
  const values = compared.map((row) => ({
    row: comparedName(row),
    model: row.model,
    ratio: row.ratio,
    low: row.ratioInterval?.low ?? row.ratio,
    high: row.ratioInterval?.high ?? row.ratio,
    certain: row.ratioInterval !== null,
    label: `${times(row.ratio)}, 95 % interval ${interval(row.ratioInterval, times)}, ${milliseconds(row.baselineMedianMs)} before, ${milliseconds(row.medianMs)} now`,
  }));
  const ends = values.flatMap(({ low, high }) => [low, high]);
  // At least from half to twice the speed, so that noise does not look like a difference.
  const reach = Math.max(1.25, ...ends.map((ratio) => Math.max(ratio, 1 / ratio)));
  const scale = { type: 'log', domain: [1 / reach, reach], nice: false };
  const axis = { title: 'times as fast as the baseline', grid: true, tickCount: 5 };
  const x = quantity('ratio', { scale, axis: { ...axis, format: '.2~f' } });
  const colour = MODEL_COLOUR;
  return rows(values, [
    mark(
      { type: 'rect', color: QUIET_INK, opacity: 0.12 },
      { x: { ...x, field: 'least' }, x2: { field: 'most' }, y: null },
      [{ least: EQUIVALENCE.low, most: EQUIVALENCE.high }],
    ),
    mark({ type: 'rule', color: INK }, { x: { ...x, field: 'equal' }, y: null }, [{ equal: 1 }]),
    mark(
      { type: 'rule', strokeWidth: 2 },
      { x: { ...x, field: 'low' }, x2: { field: 'high' }, color: colour },
    ),
    mark(
      { type: 'point', size: 60, opacity: 1, strokeWidth: 2 },
      {
        x,
        color: colour,
        shape: MODEL_SHAPE,
        fill: { ...colour, condition: { test: '!datum.certain', value: 'transparent' } },
      },
    ),
  ]);
}
