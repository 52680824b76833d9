/**
 * `npm run generate images` makes the README's images in docs/images: before and after a pipeline, and the HTML
 * report of the run in docs/runs/quick.json in a browser.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { toHtml } from '../../src/benchmark/export/html.js';
import { buildReport } from '../../src/benchmark/export/report.js';
import { parseReportFile } from '../../src/benchmark/import/parse-report.js';
import { DEFAULT_IMAGING_LIMITS } from '../../src/imaging/limits.js';
import type { Operation } from '../../src/imaging/operation.js';
import { processImage } from '../../src/imaging/process-image.js';
import { launchBrowser } from '../../tests/support/clients/browser.js';
import { drawScene } from './scene.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = `${root}/docs/images`;

/** The pipeline of the README's example. */
const PIPELINE: Operation[] = [
  { kind: 'RESIZE', params: { width: 800, height: 450, fit: 'COVER' } },
  { kind: 'SHARPEN', params: { amount: 1 } },
  { kind: 'WATERMARK', params: { text: '© Ada', position: 'BOTTOM_RIGHT', opacity: 0.5 } },
  { kind: 'CONVERT', params: { format: 'WEBP', quality: 80 } },
];
const RUN = 'docs/runs/quick.json';
const stored = buildReport(parseReportFile(readFileSync(`${root}/${RUN}`, 'utf8'), RUN));

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
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1120, height: 1290 } });
    await page.setContent(await toHtml(stored));
    const screenshot = await page.screenshot();
    await sharp(screenshot).png({ palette: true, quality: 90, effort: 10 }).toFile(`${folder}/report.png`);
  } finally {
    await browser.close();
  }
}

mkdirSync(folder, { recursive: true });
const parts = { report, 'before-and-after': beforeAndAfter };
const named = process.argv.slice(2);
for (const [name, make] of Object.entries(parts))
  if (named.length === 0 || named.includes(name)) await make();
