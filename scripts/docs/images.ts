/**
 * `npm run generate images` makes the README's images in docs/images: before and after a pipeline, the HTML report of
 * docs/benchmark-matrix.json in a browser, and a terminal with a benchmark that it runs now (about a minute).
 */
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { toHtml } from '../../src/benchmark/export/html.js';
import { buildReport } from '../../src/benchmark/export/report.js';
import { DEFAULT_IMAGING_LIMITS } from '../../src/imaging/limits.js';
import type { Operation } from '../../src/imaging/operation.js';
import { processImage } from '../../src/imaging/process-image.js';
import { launchBrowser } from '../../tests/support/clients/browser.js';
import { drawScene } from './scene.js';
import { terminalSvg } from './terminal.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = `${root}/docs/images`;

/** The pipeline of the README's example. */
const PIPELINE: Operation[] = [
  { kind: 'RESIZE', params: { width: 800, height: 450, fit: 'COVER' } },
  { kind: 'SHARPEN', params: { amount: 1 } },
  { kind: 'WATERMARK', params: { text: '© Ada', position: 'BOTTOM_RIGHT', opacity: 0.5 } },
  { kind: 'CONVERT', params: { format: 'WEBP', quality: 80 } },
];
const BENCHMARK =
  '--models SYNC,ASYNC,THREADS_LOCKED,PROCESSES,THREADS --engines JIMP --images 10 --workers 2'.split(' ');

async function beforeAndAfter(): Promise<void> {
  const before = await sharp(await drawScene('LANDSCAPE', 1200))
    .jpeg({ quality: 82 })
    .toBuffer();
  const { bytes } = await processImage(before, {
    engine: 'SHARP',
    operations: PIPELINE,
    limits: DEFAULT_IMAGING_LIMITS,
  });
  writeFileSync(`${folder}/before.jpg`, before);
  writeFileSync(`${folder}/after.webp`, bytes);
}

async function report(): Promise<void> {
  const record = JSON.parse(readFileSync(`${root}/docs/benchmark-matrix.json`, 'utf8'));
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1120, height: 1290 } });
    await page.setContent(await toHtml(buildReport(record)));
    const screenshot = await page.screenshot();
    await sharp(screenshot).png({ palette: true, quality: 90, effort: 10 }).toFile(`${folder}/report.png`);
  } finally {
    await browser.close();
  }
}

async function terminal(): Promise<void> {
  const command = `npm run bench -- ${BENCHMARK.join(' ')}`;
  const { stdout } = await promisify(execFile)(process.execPath, ['build/src/cli/bench.js', ...BENCHMARK], {
    cwd: root,
  });
  writeFileSync(`${folder}/terminal.svg`, terminalSvg(command, stdout));
}

mkdirSync(folder, { recursive: true });
const parts = { report, 'before-and-after': beforeAndAfter, terminal };
const named = process.argv.slice(2);
for (const [name, make] of Object.entries(parts))
  if (named.length === 0 || named.includes(name)) await make();
