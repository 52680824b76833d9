import type { TopLevelSpec } from 'vega-lite';
import type { RaceExperiment } from '../../execution/race.js';
import { chart, mark, nominal, powersOfTen, QUANTITY_AXIS, quantity } from './chart.js';
import { QUIET_INK, RACE_COLOURS, RACE_SHAPES } from './theme.js';

/**
 * The counter while the threads of one repetition add, one line for each variant, on a logarithmic scale of time: the
 * slowest variant takes dozens of times as long as the fastest. A sign is the final value; null without readings.
 */
export function raceChart({ results }: RaceExperiment): TopLevelSpec | null {
  const values = results.flatMap(({ variant, readings }) =>
    readings.filter(({ ms }) => ms > 0).map(({ ms, value }) => ({ variant, ms, value })),
  );
  if (values.length === 0) return null;
  const ends = results.flatMap(({ variant, readings, actual }) => {
    const last = readings.at(-1);
    return last && actual[0] !== undefined ? [{ variant, ms: last.ms, value: actual[0] }] : [];
  });
  const expected = Math.max(...results.map((result) => result.expected));
  const longest = Math.max(...values.map(({ ms }) => ms));
  const axis = {
    ...QUANTITY_AXIS,
    title: 'milliseconds',
    values: powersOfTen(longest),
    format: '~s',
    grid: false,
  };
  const x = quantity('ms', { axis, scale: { type: 'log', nice: false } });
  const y = quantity('value', { axis: { ...QUANTITY_AXIS, title: 'counter', format: '~s' } });
  const color = nominal('variant', Object.keys(RACE_COLOURS), Object.values(RACE_COLOURS));
  const shape = nominal('variant', Object.keys(RACE_SHAPES), Object.values(RACE_SHAPES));
  return chart(240, values, [
    mark(
      { type: 'rule', strokeDash: [4, 4], color: QUIET_INK },
      { y: { datum: expected, type: 'quantitative' }, x: null },
    ),
    mark({ type: 'line', strokeWidth: 2 }, { x, y, color }),
    mark({ type: 'point', filled: true, size: 80, opacity: 1 }, { x, y, color, shape }, ends),
  ]);
}
