import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { chartFile } from '../scripts/guide/charts.js';
import { BLOCKS, chartsOf, withRuns } from '../scripts/guide/page.js';
import { GUIDE_RUNS, type GuideRun, guideReport } from '../scripts/guide/runs.js';
import { modelSign } from '../src/benchmark/charts/signs.js';
import { toMarkdown } from '../src/benchmark/export/markdown.js';
import { buildReport } from '../src/benchmark/export/report.js';
import { record as exampleRecord } from './benchmark/export/record.js';

const docs = new URL('../../docs/', import.meta.url);
const page = readFileSync(new URL('choosing-a-model.md', docs), 'utf8');
/** The page without the blocks of other runs. */
const guide = page.replace(/<!-- run [\s\S]*?<!-- end -->/g, '');
const record = JSON.parse(readFileSync(new URL('benchmark-matrix.json', docs), 'utf8'));
const report = toMarkdown(buildReport(record));

/** Text without escapes and alignment, which a formatter changes. */
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

it('has at least six measured tables and two quotations', () => {
  expect(shown.length).toBeGreaterThanOrEqual(6);
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

const root = fileURLToPath(new URL('..', docs));
const reportOf = (run: GuideRun) => guideReport(root, run);
/** Without the lines that a formatter adds or aligns. */
const unformatted = (text: string): string =>
  plain(text)
    .replace(/\n{2,}/g, '\n')
    .replace(/ \|/g, '|')
    .trim();

it('has the figures of every stored run; `npm run generate docs` writes them', () => {
  expect(unformatted(page)).toBe(unformatted(withRuns(page, reportOf)));
});

it('has a place for every run of the guide, and the chart of every stored one', () => {
  const places = [...page.matchAll(/<!-- run ([\w-]+): ([\w-]+) -->/g)];
  expect(new Set(places.map(([, run]) => run))).toEqual(new Set(Object.keys(GUIDE_RUNS)));
  expect(new Set(places.map(([, , block]) => block))).toEqual(new Set(Object.keys(BLOCKS)));
  for (const { file } of chartsOf(page, reportOf))
    expect(existsSync(new URL(`images/guide/${file}`, docs))).toBe(true);
});

it('writes the tables and the chart of a run, and says which run is missing', async () => {
  const place = '<!-- run quick: time -->\n\nold\n\n<!-- end -->';
  const written = withRuns(place, () => buildReport(exampleRecord()));
  expect(written).toContain('![time of the batch on JIMP, by model](images/guide/quick-time.svg)');
  expect(written).toContain('| THREADS |');
  expect(written).toContain('Take THREADS with');
  expect(written).not.toContain('old');
  expect(withRuns(place, () => null)).toContain('Not measured yet');
  const [chart] = chartsOf(place, () => buildReport(exampleRecord()));
  if (!chart) throw new Error('The run has a chart');
  const svg = await chartFile(chart.spec, chart.title, [modelSign('THREADS')]);
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+" height="\d+"/);
  expect(svg).toContain('prefers-color-scheme: dark');
  expect(svg).toContain('--threads: #');
  expect(svg).toContain('>THREADS</text></g>');
});
