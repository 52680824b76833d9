import type { TopLevelSpec } from 'vega-lite';
import type { RaceExperiment } from '../../execution/race.js';
import { chart, mark, QUANTITY_AXIS, quantity } from './chart.js';
import { INK, QUIET_INK } from './theme.js';

/** The counter while the threads of one repetition add, one line for each variant; null without readings. */
export function raceChart({ results }: RaceExperiment): TopLevelSpec | null {
  const values = results.flatMap(({ variant, readings }) =>
    readings.map(({ ms, value }) => ({ variant, ms, value })),
  );
  const ends = results.flatMap(({ variant, readings }) => {
    const last = readings.at(-1);
    return last ? [{ variant, ...last }] : [];
  });
  if (values.length === 0) return null;
  const expected = Math.max(...results.map((result) => result.expected));
  const x = quantity('ms', { axis: { ...QUANTITY_AXIS, title: 'milliseconds', grid: false } });
  const y = quantity('value', { axis: { ...QUANTITY_AXIS, title: 'counter', format: '~s' } });
  const detail = { field: 'variant', type: 'nominal' };
  return chart(240, values, [
    mark(
      { type: 'rule', strokeDash: [4, 4], color: QUIET_INK },
      { y: { datum: expected, type: 'quantitative' }, x: null },
    ),
    mark({ type: 'line', strokeWidth: 1.5, color: INK, opacity: 0.7 }, { x, y, detail }),
    mark(
      { type: 'text', align: 'left', dx: 3, fontSize: 9, color: INK },
      { x, y, text: { field: 'variant' } },
      ends,
    ),
  ]);
}
