import type { TopLevelSpec } from 'vega-lite';
import { CHART_CONFIG, MODEL_COLOURS, MODEL_SHAPES } from './theme.js';

/** Parts of chart specifications. Charts are as wide as a phone; a page sets several side by side. */

export const WIDTH = 320;

type Layer = Extract<TopLevelSpec, { layer: unknown }>['layer'];
export type Channel = Record<string, unknown>;
type Mark = Record<string, unknown>;

export const QUANTITY_AXIS = { title: null, tickCount: 4, domain: false };

export function chart(height: number, values: readonly object[], layer: readonly object[]): TopLevelSpec {
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

/** A chart with one row for each name, in the order given. */
export function rows(
  values: readonly { row: string }[],
  layer: readonly object[],
  rowHeight = 22,
): TopLevelSpec {
  const names = [...new Set(values.map(({ row }) => row))];
  const y = { field: 'row', type: 'nominal', sort: names, axis: { title: null, labelLimit: 240 } };
  return { ...chart(names.length * rowHeight + 40, values, layer), encoding: { y } } as TopLevelSpec;
}

export function mark(
  how: Mark,
  encoding: Record<string, Channel | null>,
  values?: readonly object[],
): object {
  return { ...(values && { data: { values: [...values] } }), mark: how, encoding };
}

export function quantity(field: string, how: Channel = {}): Channel {
  return { field, type: 'quantitative', ...how };
}

export function nominal(field: string, domain: readonly string[], range: readonly string[]): Channel {
  return { field, type: 'nominal', scale: { domain, range }, legend: null };
}

export const MODEL_COLOUR = byModel(MODEL_COLOURS);
export const MODEL_SHAPE = byModel(MODEL_SHAPES);

function byModel(looks: Readonly<Record<string, string>>): Channel {
  return nominal('model', Object.keys(looks), Object.values(looks));
}

/** Ticks at the powers of ten up to a value, for an axis over orders of magnitude. */
export const powersOfTen = (most: number): number[] =>
  [1, 10, 100, 1000, 10_000, 100_000].filter((tick) => tick <= most);
