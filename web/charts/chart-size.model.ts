import type { TopLevelSpec } from 'vega-lite';

/**
 * The proportions of a chart as CSS `aspect-ratio`, before it is drawn: its space is reserved, so that nothing below it
 * moves. Undefined where the specification does not say its size.
 */
export function aspectRatioOf(spec: TopLevelSpec): string | undefined {
  const { width, height } = spec as { width?: unknown; height?: unknown };
  return typeof width === 'number' && typeof height === 'number' ? `${width} / ${height}` : undefined;
}
