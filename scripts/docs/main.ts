/**
 * `npm run generate docs` writes the parts of pages that come from code: the table of imports in ARCHITECTURE.md and the
 * figures and charts of the stored runs in docs/choosing-a-model.md, docs/operations.md with its images, and
 * docs/report.schema.json.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { reportJsonSchema } from '../../src/benchmark/import/report-schema.js';
import { CONTRACTS, IMPORT_RULES } from '../../tests/support/checks/import-rules.js';
import { chartFile } from '../guide/charts.js';
import { chartsOf, withRuns } from '../guide/page.js';
import { type GuideRun, guideReport } from '../guide/runs.js';
import { EXAMPLES, runExample, SOURCE_WIDTH } from './operation-examples.js';
import { operationsPage } from './operations-page.js';
import { drawScene } from './scene.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const START = '<!-- import rules: npm run generate docs -->\n';
const END = '<!-- end -->';

/** Names in code; the contracts of a folder, where all of them are meant, in words. */
function cell(names: readonly string[]): string {
  const sets = Object.entries(CONTRACTS).filter(([, contracts]) =>
    contracts.every((name) => names.includes(name)),
  );
  const inSets = new Set(sets.flatMap(([, contracts]) => contracts));
  const rest = names.filter((name) => !inSets.has(name)).map((name) => `\`${name}\``);
  return [...rest, ...sets.map(([folder]) => `contracts of \`${folder}/\``)].join(', ') || '–';
}

/** One row for all rules that allow the same. */
function rows(): string[] {
  const modules = Map.groupBy(IMPORT_RULES, ({ may, types = [] }) => `${cell(may)} | ${cell(types)}`);
  return [...modules].map(([allowed, rules]) => `| ${cell(rules.map(({ from }) => from))} | ${allowed} |`);
}

/** The page with its table of imports written anew from the rules. */
export function withImportTable(page: string): string {
  const [start, end] = [page.indexOf(START) + START.length, page.indexOf(END)];
  if (start < START.length || end < start)
    throw new Error('ARCHITECTURE.md has no place for the table of imports');
  const table = ['| module | may import | types only |', '| --- | --- | --- |', ...rows()];
  return `${page.slice(0, start)}\n${table.join('\n')}\n\n${page.slice(end)}`;
}

function rewrite(path: string, change: (page: string) => string): string {
  writeFileSync(`${root}/${path}`, change(readFileSync(`${root}/${path}`, 'utf8')));
  return path;
}

/** Writes docs/operations.md and its images; returns the path of the page. */
async function writeOperations(): Promise<string> {
  const page = 'docs/operations.md';
  const folder = `${root}/docs/images/operations`;
  mkdirSync(folder, { recursive: true });
  for (const scene of ['LANDSCAPE', 'BADGE'] as const) {
    const image = sharp(await drawScene(scene, SOURCE_WIDTH)).webp({ quality: 80 });
    await image.toFile(`${folder}/${scene.toLowerCase()}.webp`);
  }
  for (const example of Object.values(EXAMPLES).flat())
    writeFileSync(`${folder}/${example.name}.webp`, await runExample(example));
  writeFileSync(`${root}/${page}`, operationsPage());
  return page;
}

/** Writes docs/choosing-a-model.md and its charts from the stored runs; returns the path of the page. */
async function writeGuide(): Promise<string> {
  const path = 'docs/choosing-a-model.md';
  const folder = `${root}/docs/images/guide`;
  const reportOf = (run: GuideRun) => guideReport(root, run);
  const charts = chartsOf(readFileSync(`${root}/${path}`, 'utf8'), reportOf);
  mkdirSync(folder, { recursive: true });
  for (const { file, spec, title, signs } of charts)
    writeFileSync(`${folder}/${file}`, await chartFile(spec, title, signs));
  return rewrite(path, (page) => withRuns(page, reportOf));
}

/** Writes the JSON Schema of reports; returns its path. */
function writeReportSchema(): string {
  const path = 'docs/report.schema.json';
  writeFileSync(`${root}/${path}`, `${JSON.stringify(reportJsonSchema(), null, 2)}\n`);
  return path;
}

async function main(): Promise<void> {
  const pages = [
    rewrite('ARCHITECTURE.md', withImportTable),
    await writeGuide(),
    await writeOperations(),
    writeReportSchema(),
  ];
  const biome = `${root}/node_modules/@biomejs/biome/bin/biome`;
  execFileSync(process.execPath, [biome, 'check', '--write', ...pages], { cwd: root, stdio: 'inherit' });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
