import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { renderReport } from '../../../src/benchmark/export/render-report.js';
import { launchBrowser } from '../../support/clients/browser.js';
import { EVIL_NAME, record } from './record.js';

let browser: Browser;
let text: string;
beforeAll(async () => {
  text = await renderReport('ada', record({ name: EVIL_NAME }), 'HTML');
  browser = await launchBrowser();
});
afterAll(() => browser.close());

async function open(html: string, width: number, colorScheme: 'light' | 'dark' = 'light') {
  const page = await browser.newPage({ viewport: { width, height: 800 }, colorScheme });
  const trouble: string[] = [];
  page.on('console', (message) => trouble.push(message.text()));
  page.on('pageerror', (error) => trouble.push(error.message));
  page.on('dialog', (dialog) => trouble.push(dialog.message()));
  page.on('request', (request) => trouble.push(request.url()));
  await page.setContent(html);
  return { page, trouble };
}

/** Width of an A4 page, 210 mm, without margins of 10 mm, in CSS pixels of 1/96 inch. */
const A4_WIDTH = 718;

/** Right edge of the rightmost element. */
const widest =
  'Math.max(...[...document.querySelectorAll("main *")].map((e) => e.getBoundingClientRect().right))';

/** Brightest channel of a colour; the colours here are nearly grey. */
const brightness = (rgb: string): number => Math.max(...(rgb.match(/\d+/g) ?? []).map(Number));

const styleOf = (page: Page, selector: string, property: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);

describe('the HTML report', () => {
  it.each([390, 1280])('fits a window of %d pixels, and asks for nothing else', async (width) => {
    const { page, trouble } = await open(text, width);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
    // Time and speed-up for four works, five more charts for the largest of each engine.
    expect(await page.locator('svg[role=img]').count()).toBe(18);
    expect(trouble).toEqual([]);
  });

  it('sets columns of sentences below one another on a phone', async () => {
    for (const [width, display] of [
      [390, 'block'],
      [1280, 'table-cell'],
    ] as const) {
      const { page } = await open(text, width);
      expect(await styleOf(page, '#scaling td', 'display')).toBe(display);
    }
  });

  it('escapes the markup in a name', async () => {
    const { page, trouble } = await open(text, 1280);
    expect(await page.locator('h1').textContent()).toBe(EVIL_NAME);
    expect(await page.title()).toContain(EVIL_NAME);
    expect(await page.locator('script, iframe, link, img, a:not([href^="#"])').count()).toBe(0);
    expect(trouble).toEqual([]);
  });

  it('names and describes every chart, and has its figures in a table', async () => {
    const { page } = await open(text, 1280);
    for (const figure of await page.locator('figure').all()) {
      const svg = figure.getByRole('img');
      expect(await svg.count()).toBe(1);
      expect(await svg.locator('> title').textContent()).toMatch(/: \d+ images, (JIMP|SHARP)$/);
      expect(await svg.locator('> desc').textContent()).toMatch(/SYNC: .+; .+/);
      expect(await figure.locator('tbody tr').count()).toBeGreaterThanOrEqual(5);
    }
    const ids = await page.locator('[id]').evaluateAll((elements) => elements.map(({ id }) => id));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is drawn in the colours of the scheme', async () => {
    const [light, dark] = [await open(text, 1280), await open(text, 1280, 'dark')];
    for (const [selector, property] of [
      ['body', 'background-color'],
      ['svg path[fill^="var"]', 'fill'],
      ['svg text', 'fill'],
    ] as const) {
      const [inLight, inDark] = [
        await styleOf(light.page, selector, property),
        await styleOf(dark.page, selector, property),
      ];
      expect(inLight).toMatch(/^rgb/);
      expect(inDark).toMatch(/^rgb/);
      expect(inDark).not.toBe(inLight);
    }
  });

  it.each(['light', 'dark'] as const)('prints dark on white, all of it, from a %s screen', async (scheme) => {
    const { page } = await open(text, A4_WIDTH, scheme);
    const tables = page.locator('figure details:not([open]) table');
    const shown = () => tables.evaluateAll((all) => all.filter((table) => table.checkVisibility()).length);
    expect(await tables.count()).toBe(18);
    expect(await shown()).toBe(0);
    await page.emulateMedia({ media: 'print' });
    expect(await shown()).toBe(18);
    expect(await styleOf(page, 'body', 'background-color')).toBe('rgb(255, 255, 255)');
    expect(await styleOf(page, 'body', 'color')).toBe('rgb(0, 0, 0)');
    // The background of a box is lighter than its text.
    for (const box of ['.answer', 'figure', '.doubts']) {
      const [paper, ink] = [await styleOf(page, box, 'background-color'), await styleOf(page, box, 'color')];
      expect([box, brightness(paper) > 220, brightness(ink) < 100]).toEqual([box, true, true]);
    }
    expect(await page.evaluate(widest)).toBeLessThanOrEqual(A4_WIDTH);
  });

  it('opens the table beside a single chart', async () => {
    const single = record();
    const html = await renderReport(
      'ada',
      {
        ...single,
        samples: single.samples.filter(({ engine, imageCount }) => engine === 'JIMP' && imageCount === 10),
      },
      'HTML',
    );
    const { page } = await open(html, 1280);
    expect(await page.locator('figure').count()).toBe(7);
    expect(await page.locator('figure details[open] table').count()).toBe(7);
  });

  it('can be written of a benchmark that has no sample yet', async () => {
    const { page } = await open(await renderReport('ada', record({ samples: [] }), 'HTML'), 1280);
    expect(await page.locator('.answer').textContent()).toContain('too little was measured');
  });
});

describe('rendering a report', () => {
  it('leaves the loop of the caller free', async () => {
    // Rendering on this thread would leave a turn of the loop only where it awaits a file or a timer.
    let turns = 0;
    let rendering = true;
    const turn = () => {
      turns++;
      if (rendering) setImmediate(turn);
    };
    setImmediate(turn);
    await renderReport('ada', record(), 'HTML');
    rendering = false;
    expect(turns).toBeGreaterThan(200);
  });

  it('writes each format', async () => {
    expect(await renderReport('ada', record(), 'MARKDOWN')).toMatch(/^# Two engines/);
    expect(await renderReport('ada', record(), 'CSV')).toMatch(/^benchmark,model/);
    expect(JSON.parse(await renderReport('ada', record(), 'JSON'))).toMatchObject({ name: 'Two engines' });
  });
});
