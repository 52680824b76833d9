import type { TopLevelSpec } from 'vega-lite';
import { html, Markup } from './markup.js';

/** Text for screen readers, instead of the shapes of a drawing. */
export interface SvgText {
  /** Unique on the page. */
  id: string;
  title: string;
  description: string;
}

/**
 * Draws a Vega-Lite chart as an SVG element, without a browser. The libraries take half a second to load, so the first
 * chart loads them.
 */
export async function drawSvg(spec: TopLevelSpec, { id, title, description }: SvgText): Promise<Markup> {
  const { parse, View } = await import('vega');
  const { compile } = await import('vega-lite');
  const view = new View(parse(compile(spec).spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  const [, width = '0', height = '0'] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg) ?? [];
  const content = new Markup(svg.slice(svg.indexOf('>') + 1));
  return html`<svg role="img" aria-labelledby="${id}-title ${id}-text" viewBox="0 0 ${width} ${height}" style="max-width:${Math.round(Number(width) * 1.4)}px">
<title id="${id}-title">${title}</title><desc id="${id}-text">${description}</desc>${content}`;
}
