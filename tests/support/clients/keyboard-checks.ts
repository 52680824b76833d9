import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { untilPasses } from '../eventually.js';

/**
 * Numbers the controls that a user sees, and describes each. Of the radio buttons of a group, the Tab key reaches one.
 * While a dialog is open, only its controls count.
 */
const NUMBER_CONTROLS = `(() => {
  const scope = document.querySelector('dialog[open]') ?? document;
  const selector = 'a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex="0"]';
  const groups = new Set();
  const controls = [...scope.querySelectorAll(selector)].filter((element) => {
    if (element.tabIndex < 0 || element.getClientRects().length === 0) return false;
    if (element.type !== 'radio') return true;
    if (groups.has(element.name) || !(element.checked || !document.querySelector('input[name="' + element.name + '"]:checked'))) return false;
    return groups.add(element.name);
  });
  for (const element of document.querySelectorAll('[data-control]')) delete element.dataset.control;
  return controls.map((element, index) => {
    element.dataset.control = index;
    return element.outerHTML.slice(0, 120);
  });
})()`;

/** The number of the focused control, and whether a user sees that it has the focus. */
const FOCUSED = `(() => {
  const element = document.activeElement;
  // The control of some labels is invisible, and the element beside it shows the focus.
  const shown = getComputedStyle(element).opacity === '0' ? element.nextElementSibling : element;
  const { outlineStyle, outlineWidth } = getComputedStyle(shown);
  const isVisible = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 1;
  return { control: element.dataset.control, isVisible };
})()`;

/**
 * Expects that the Tab key reaches every control, visibly, and leads out of each. A page may still load parts of itself
 * meanwhile, with controls of their own.
 */
export async function checkKeyboard(page: Page): Promise<void> {
  await untilPasses(() => checkControls(page));
}

async function checkControls(page: Page): Promise<void> {
  await page.evaluate('document.activeElement.blur()');
  const controls = (await page.evaluate(NUMBER_CONTROLS)) as string[];
  const reached = new Set<number>();
  const withoutFocus: (string | undefined)[] = [];
  // After the last control, the focus leaves the page once and begins anew.
  for (let press = 0; press < 2 * controls.length + 4 && reached.size < controls.length; press++) {
    await page.keyboard.press('Tab');
    const { control, isVisible } = (await page.evaluate(FOCUSED)) as { control?: string; isVisible: boolean };
    if (control === undefined) continue;
    reached.add(Number(control));
    if (!isVisible) withoutFocus.push(controls[Number(control)]);
  }
  const missed = controls.filter((_, index) => !reached.has(index));
  expect({ url: page.url(), missed, withoutFocus }).toEqual({
    url: page.url(),
    missed: [],
    withoutFocus: [],
  });
}
