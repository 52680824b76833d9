import type { TopLevelSpec } from 'vega-lite';
import type { Sign } from '../../src/benchmark/charts/signs.js';
import { STYLE } from '../../src/benchmark/export/style.js';
import { drawSvg } from '../../src/benchmark/export/svg.js';

/** The colours of the HTML report, light and dark, for the root of a drawing. */
const COLOURS = [...STYLE.matchAll(/(?:@media [^{]+\{\s*)?:root \{[^}]+\}(?:\s*\})?/g)]
  .map(([block]) => block.replace(':root', 'svg').replace('color-scheme: light dark;', ''))
  .join('\n');

/** Width of the name of a sign, in the unit of the drawing. */
const NAME_WIDTH = 150;
const LINE_HEIGHT = 18;
const NAMES_IN_LINE = 2;

/** Draws a chart as an SVG file that a page can show as an image; it follows the reader's light or dark colours. */
export async function chartFile(
  spec: TopLevelSpec,
  title: string,
  signs: readonly Sign[] = [],
): Promise<string> {
  const { text } = await drawSvg(spec, { id: 'chart', title, description: title });
  const [viewBox = '', width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(text) ?? [];
  const above = LINE_HEIGHT * Math.ceil(signs.length / NAMES_IN_LINE);
  const whole = { width: Number(width), height: Number(height) + above };
  const size = `width="${Math.round(1.5 * whole.width)}" height="${Math.round(1.5 * whole.height)}"`;
  const style = `<style>${COLOURS}\nsvg { font-family: system-ui, sans-serif; background: var(--paper); }</style>`;
  const open = text.indexOf('>') + 1;
  const start = text
    .slice(0, open)
    .replace('<svg ', `<svg xmlns="http://www.w3.org/2000/svg" ${size} `)
    .replace(viewBox, `viewBox="0 ${-above} ${whole.width} ${whole.height}"`);
  return `${start}${style}${signs.map((sign, index) => legendEntry(sign, index, above)).join('')}${text.slice(open)}\n`;
}

function legendEntry({ name, colour, path }: Sign, index: number, above: number): string {
  const x = 4 + NAME_WIDTH * (index % NAMES_IN_LINE);
  const y = 3 + LINE_HEIGHT * Math.floor(index / NAMES_IN_LINE) - above;
  return `<g transform="translate(${x} ${y})"><path d="${path}" fill="${colour}"/><text x="16" y="10" font-size="10" fill="var(--quiet-ink)">${name}</text></g>`;
}
