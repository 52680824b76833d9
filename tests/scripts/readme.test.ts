import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { drawTerminal, withComparison } from '../../scripts/docs/readme-runs.js';
import { marked, TERMINAL_COLUMNS, terminalSvg } from '../../scripts/docs/terminal.js';

it('docs/images/terminal.svg shows a stored run as the command prints it; `npm run generate readme` draws it', () => {
  const svg = drawTerminal();
  expect(readFileSync('docs/images/terminal.svg', 'utf8')).toBe(svg);
  const lines = [...svg.matchAll(/<text[^>]*>(.*)<\/text>/g)].map(([, text = '']) =>
    text.replaceAll(/<[^>]+>/g, ''),
  );
  expect(lines.length).toBeGreaterThan(8);
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(TERMINAL_COLUMNS);
});

it('README.md has the comparison of its stored runs; `npm run generate readme` writes it', () => {
  const page = readFileSync('README.md', 'utf8');
  expect(withComparison(page)).toBe(page);
});

it('a drawn terminal escapes markup and keeps the colours', () => {
  const svg = terminalSvg('a <b>', [`${marked('good', 'x & y')} plain`]);
  expect(svg).toContain('<title>a &lt;b&gt;</title>');
  expect(svg).toContain('<tspan fill="#7fd1ae">x &amp; y</tspan> plain');
});
