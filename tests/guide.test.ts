import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { chartFile } from '../scripts/guide/charts.js';
import { BLOCKS, chartsOf, withRuns } from '../scripts/guide/page.js';
import { GUIDE_RUNS, type GuideRun, guideReport } from '../scripts/guide/runs.js';
import { modelSign } from '../src/benchmark/charts/signs.js';
import { buildReport } from '../src/benchmark/export/report.js';
import { record as exampleRecord } from './benchmark/export/record.js';

const docs = new URL('../../docs/', import.meta.url);
const page = readFileSync(new URL('choosing-a-model.md', docs), 'utf8');
/** Text without escapes and alignment, which a formatter changes. */
const plain = (text: string): string => text.replace(/\\/g, '').replace(/ +/g, ' ').replace(/-{3,}/g, '---');

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

it('draws the speed-up by workers and writes the tables of every engine', () => {
  const place = (block: string) => `<!-- run quick: ${block} -->\n\n<!-- end -->`;
  const written = (block: string) => withRuns(place(block), () => buildReport(exampleRecord()));
  expect(written('workers')).toContain('![speed-up over SYNC of each model by workers]');
  for (const [block, caption] of [
    ['workers', 'Speed-up over SYNC by workers'],
    ['phases', 'Wall time by phase'],
    ['loop', 'Event-loop delay'],
    ['break-even', 'Break-even'],
  ] as const) {
    for (const engine of ['JIMP', 'SHARP'])
      expect(written(block)).toContain(`**${caption}: 50 images, ${engine}**`);
  }
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
