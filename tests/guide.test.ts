import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { toMarkdown } from '../src/benchmark/export/markdown.js';
import { buildReport } from '../src/benchmark/export/report.js';

const docs = new URL('../../docs/', import.meta.url);
const guide = readFileSync(new URL('choosing-a-model.md', docs), 'utf8');
const record = JSON.parse(readFileSync(new URL('benchmark-matrix.json', docs), 'utf8'));
const report = toMarkdown(buildReport(record));

/** Without the differences that a formatter makes. */
const plain = (text: string): string => text.replace(/\\/g, '').replace(/ +/g, ' ').replace(/-{3,}/g, '---');

/** The lines of every table by its caption, the bold line above it. */
const tablesOf = (page: string): Map<string, string[]> =>
  new Map(
    [...page.matchAll(/^\*\*(.+)\*\*\n\n((?:\|.*\n)+)/gm)].map(([, caption = '', lines = '']) => [
      plain(caption),
      lines.trimEnd().split('\n').map(plain),
    ]),
  );
const reported = tablesOf(report);
const shown = [...tablesOf(guide)];
const quotes = (guide.match(/^> .*$/gm) ?? []).map((line) => plain(line.slice(2)));

it('has at least seven measured tables and two quotations', () => {
  expect(shown.length).toBeGreaterThanOrEqual(7);
  expect(quotes.length).toBeGreaterThanOrEqual(2);
});

it.each(shown)('%s: every row is in the report of the stored run', (caption, lines) => {
  expect(reported.get(caption)).toEqual(expect.arrayContaining(lines));
});

it.each(quotes)('“%s” is in the report of the stored run; `npm run generate docs` writes it', (quote) =>
  expect(plain(report)).toContain(quote),
);

it('names the command of the stored run: its preset, models and engines', () => {
  const { models, engines } =
    /--preset MATRIX --models (?<models>\S+) --engines (?<engines>\S+)/.exec(guide)?.groups ?? {};
  const distinct = (key: string) => [...new Set(record.samples.map((sample: never) => sample[key]))].sort();
  expect(models?.split(',').sort()).toEqual(distinct('model'));
  expect(engines?.split(',').sort()).toEqual(distinct('engine'));
});
