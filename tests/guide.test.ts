import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { toMarkdown } from '../src/benchmark/export/markdown.js';
import { buildReport } from '../src/benchmark/export/report.js';

const docs = new URL('../../docs/', import.meta.url);
const guide = readFileSync(new URL('choosing-a-model.md', docs), 'utf8');
const record = JSON.parse(readFileSync(new URL('benchmark-matrix.json', docs), 'utf8'));
const report = toMarkdown(buildReport(record));

/** Without what a formatter may change. */
const plain = (text: string): string => text.replace(/\\/g, '').replace(/ +/g, ' ').replace(/-{3,}/g, '---');

/** The lines of every table by its caption, which stands above it in bold. */
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

it('has as many measured tables and sentences as it needs', () => {
  expect(shown.length).toBeGreaterThanOrEqual(7);
  expect(quotes.length).toBeGreaterThanOrEqual(2);
});

it.each(shown)('%s: its rows are some of those of the stored run', (caption, lines) => {
  expect(reported.get(caption)).toEqual(expect.arrayContaining(lines));
});

it.each(quotes)('“%s” is what the stored run says', (quote) => expect(plain(report)).toContain(quote));

it('names the command whose preset, models and engines the stored run has', () => {
  const { models, engines } =
    /--preset MATRIX --models (?<models>\S+) --engines (?<engines>\S+)/.exec(guide)?.groups ?? {};
  const distinct = (key: string) => [...new Set(record.samples.map((sample: never) => sample[key]))].sort();
  expect(models?.split(',').sort()).toEqual(distinct('model'));
  expect(engines?.split(',').sort()).toEqual(distinct('engine'));
});
