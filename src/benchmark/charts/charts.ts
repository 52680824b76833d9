import type { TopLevelSpec } from 'vega-lite';
import { mebibytes, milliseconds, times } from '../analysis/format-numbers.js';
import { NOTICEABLE_DELAY_MS } from '../analysis/recommendation-text.js';
import { hasOverhead } from '../sample.js';
import { chart, MODEL_COLOUR, mark, nominal, powersOfTen, QUANTITY_AXIS, quantity, rows } from './chart.js';
import { INK, QUIET_INK, TIME_COLOURS } from './theme.js';
import { bestName, bestOfModels, rowName, type WorkGroup } from './work-group.js';

/** The largest value of a group, so that the charts of one engine can share a scale. */
export const longestTime = (group: WorkGroup): number =>
  Math.max(...bestOfModels(group).flatMap(({ samplesMs }) => samplesMs));

/**
 * The median of every model at its best number of workers, fastest first, with its interval and its samples as dots.
 *
 * @param longest the end of the scale in milliseconds
 */
export function timeChart(group: WorkGroup, longest = longestTime(group)): TopLevelSpec {
  const bars = bestOfModels(group).map((cell) => ({
    model: cell.model,
    name: bestName(cell),
    value: cell.medianMs,
    low: cell.medianInterval?.low ?? cell.medianMs,
    high: cell.medianInterval?.high ?? cell.medianMs,
    // No speed-up is shown without an interval.
    label: [
      milliseconds(cell.medianMs),
      ...(cell.speedup === null || !cell.speedupInterval ? [] : [times(cell.speedup)]),
    ].join(' · '),
    samples: cell.samplesMs,
  }));
  return namedBars(bars, longest);
}

/** Highest resident memory, at the same numbers of workers as {@link timeChart}. */
export function memoryChart(group: WorkGroup): TopLevelSpec {
  const bars = bestOfModels(group).map((cell) => ({
    model: cell.model,
    name: bestName(cell),
    value: cell.peakRssBytes,
    low: cell.peakRssBytes,
    high: cell.peakRssBytes,
    label: mebibytes(cell.peakRssBytes),
    samples: [],
  }));
  return namedBars(bars, Math.max(...bars.map(({ value }) => value)));
}

/** The wall time of the median samples by phase. */
export function breakdownChart({ cells }: WorkGroup): TopLevelSpec {
  const inSeconds = cells.some(({ medianMs }) => medianMs >= 1000);
  const values = cells.flatMap((cell) => {
    const { computeMs, lockWaitMs, overheadMs } = cell.breakdown;
    const overhead = hasOverhead(cell.model) ? { Overhead: overheadMs } : {};
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

/** Event-loop delay on a scale that shows 1 ms beside 1 s; the dashed line marks a noticeable delay. */
export function eventLoopChart({ cells }: WorkGroup): TopLevelSpec {
  const values = cells.map((cell) => ({
    model: cell.model,
    row: rowName(cell),
    zero: 0,
    value: cell.eventLoopDelayP99Ms,
    label: milliseconds(cell.eventLoopDelayP99Ms),
  }));
  const latest = Math.max(NOTICEABLE_DELAY_MS, ...values.map(({ value }) => value));
  const end = latest * 20;
  const scale = { type: 'symlog', constant: 1, domain: [0, end], nice: false };
  const axis = {
    ...QUANTITY_AXIS,
    title: 'milliseconds',
    values: [0, ...powersOfTen(latest * 2)],
    grid: true,
  };
  const x = quantity('value', { scale, axis });
  return rows(values, [
    mark(
      { type: 'rule', strokeDash: [4, 4], color: QUIET_INK },
      { x: { datum: NOTICEABLE_DELAY_MS, type: 'quantitative', scale, axis }, y: null },
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

interface NamedBar {
  model: string;
  name: string;
  value: number;
  low: number;
  high: number;
  label: string;
  /** Drawn as dots. */
  samples: readonly number[];
}

/**
 * Bars over the whole width, in the order given; the name above each, and its figure at the right. The order is in the
 * data alone, so that a drawn chart only gets new data when it changes.
 */
function namedBars(bars: readonly NamedBar[], longest: number): TopLevelSpec {
  const values = bars.map(({ samples: _samples, ...bar }, order) => ({ ...bar, order }));
  const dots = bars.flatMap(({ name, samples }, order) => samples.map((value) => ({ name, order, value })));
  const x = quantity('value', { axis: null, scale: { domain: [0, longest], nice: false } });
  const y = { field: 'order', type: 'ordinal', scale: { domain: [...bars.keys()] }, axis: null };
  const text = { type: 'text', baseline: 'bottom', dy: -5, fontSize: 12 };
  return chart(values.length * 44, values, [
    mark({ type: 'bar', height: 10, yOffset: 8, cornerRadius: 3 }, { x, y, color: MODEL_COLOUR }),
    mark(
      { type: 'rule', yOffset: 8, color: INK, strokeWidth: 1.5 },
      { x: { ...x, field: 'low' }, x2: { field: 'high' }, y },
    ),
    ...(dots.length > 0
      ? [
          mark(
            { type: 'point', yOffset: 8, size: 16, color: INK, strokeWidth: 1, opacity: 0.7 },
            { x, y },
            dots,
          ),
        ]
      : []),
    mark({ ...text, align: 'left', color: QUIET_INK }, { x: { value: 0 }, y, text: { field: 'name' } }),
    mark(
      { ...text, align: 'right', color: INK, fontWeight: 600 },
      { x: { value: 'width' }, y, text: { field: 'label' } },
    ),
  ]);
}
