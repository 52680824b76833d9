/**
 * `npm run generate images` makes the README's images in docs/images: before and after a pipeline, the editor of the
 * web app, and the HTML report of the run in docs/runs/quick.json in a browser.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { toHtml } from '../../src/benchmark/export/html.js';
import { buildReport } from '../../src/benchmark/export/report.js';
import { parseReportFile } from '../../src/benchmark/import/parse-report.js';
import { DEFAULT_IMAGING_LIMITS } from '../../src/imaging/limits.js';
import type { Operation } from '../../src/imaging/operation.js';
import { processImage } from '../../src/imaging/process-image.js';
import { launchBrowser } from '../../tests/support/clients/browser.js';
import { ServerProcess } from '../../tests/support/servers/server-process.js';
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

/** The editor of a new account on a new server: the left part of the image as it is, the right part in gray. */
async function editor(): Promise<void> {
  const server = await ServerProcess.start();
  try {
    await screenshot('editor', { width: 1280, height: 800 }, async (page) => {
      await page.goto(server.url);
      await page.getByLabel('E-mail address').fill('ada@example.com');
      await page.getByLabel('Password').fill('correct horse battery');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Add sample photos' }).waitFor();
      const file = { name: 'bay.png', mimeType: 'image/png', buffer: await drawScene('LANDSCAPE', 1200) };
      await page.getByLabel('Files to upload').setInputFiles(file);
      await page.getByRole('list', { name: 'Images' }).getByRole('link').first().click();
      // The first operation loads the engines.
      for (const operation of ['Flip', 'Clear', 'Grayscale']) {
        await page.getByRole('button', { name: operation, exact: true }).click();
        if (operation !== 'Clear') await page.getByText(/PSNR: /).waitFor();
      }
    });
  } finally {
    await server.dispose();
  }
}

async function report(): Promise<void> {
  const html = await toHtml(stored);
  await screenshot('report', { width: 1120, height: 1290 }, (page) => page.setContent(html));
}

/** Stores what a page shows once it is prepared, as docs/images/NAME.png. */
async function screenshot(
  name: string,
  viewport: { width: number; height: number },
  prepare: (page: Page) => Promise<void>,
): Promise<void> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport });
    await prepare(page);
    const png = await page.screenshot();
    await sharp(png).png({ palette: true, quality: 90, effort: 10 }).toFile(`${folder}/${name}.png`);
  } finally {
    await browser.close();
  }
}

mkdirSync(folder, { recursive: true });
const parts = { editor, report, 'before-and-after': beforeAndAfter };
const named = process.argv.slice(2);
for (const [name, make] of Object.entries(parts))
  if (named.length === 0 || named.includes(name)) await make();
