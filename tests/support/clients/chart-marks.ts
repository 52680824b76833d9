import type { Locator } from 'playwright-core';

/** Marks of the chart in a figure or a section, once it is drawn. A chart is drawn when it comes near the view. */
export async function chartMarks(figure: Locator, kind: 'symbol' | 'rect' | 'line'): Promise<Locator> {
  await figure.scrollIntoViewIfNeeded();
  const drawn = figure.locator(`.mark-${kind} path`);
  await drawn.first().waitFor({ state: 'attached' });
  return drawn;
}
