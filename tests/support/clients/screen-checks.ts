import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect } from '@jest/globals';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';
import { untilPasses } from '../eventually.js';

const AXE_SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** What axe checks in each colour scheme: every rule of WCAG, and once more those that depend on colours. */
const CHECKS = {
  light: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
  dark: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
} as const;
const HEIGHT = 900;
/** CSS pixels, from a small telephone to a wide screen. */
const WIDTHS = [360, 768, 1_440, 2_560] as const;

/** Parts that the browser neither lays out nor paints while they are far from the view are checked as well. */
const LAY_OUT_ALL = `{
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('* { content-visibility: visible !important; }');
  document.adoptedStyleSheets = [sheet];
}`;
const LAY_OUT_NEAR = 'document.adoptedStyleSheets = []; undefined';

/** Expects that a screen has no violation of WCAG, light and dark, and nothing that is cut off at any width. */
export async function checkScreen(page: Page): Promise<void> {
  await page.evaluate(LAY_OUT_ALL);
  const before = page.viewportSize();
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: HEIGHT });
    // Charts are drawn for the new width some time later.
    await untilPasses(async () => {
      const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect({ width, url: page.url(), overflow }).toEqual({ width, url: page.url(), overflow: 0 });
    });
  }
  if (before) await page.setViewportSize(before);
  // Axe stays in a document until that is left.
  if (!(await page.evaluate('"axe" in globalThis'))) await page.evaluate(AXE_SOURCE);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await untilPasses(async () =>
      expect(await page.evaluate('document.documentElement.dataset.theme')).toBe(colorScheme),
    );
    // A part that is replaced while axe looks at it may seem to violate a rule.
    await untilPasses(async () => {
      const found = await violations(page, colorScheme);
      expect({ colorScheme, violations: found }).toEqual({ colorScheme, violations: [] });
    });
  }
  await page.evaluate(LAY_OUT_NEAR);
}

/** Each violation as one line: the rule and the elements. */
async function violations(page: Page, scheme: keyof typeof CHECKS): Promise<string[]> {
  const call = `axe.run(${JSON.stringify({ runOnly: CHECKS[scheme], resultTypes: ['violations'] })})`;
  const results = (await page.evaluate(call)) as axe.AxeResults;
  return results.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes.map(({ html, any }) => `${html} ${any[0]?.message ?? ''}`).join(' | ')}`,
  );
}
