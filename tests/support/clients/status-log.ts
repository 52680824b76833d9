import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { untilPasses } from '../eventually.js';

/** Notes the text of each status of a page whenever it changes, so that a test sees one that is gone when it asks. */
export const NOTE_STATUSES = `{
  const noted = (globalThis.notedStatuses = []);
  const note = () => {
    for (const status of document.querySelectorAll('[role="status"]')) {
      const text = status.textContent.trim();
      if (text !== '' && status.checkVisibility() && !noted.includes(text)) noted.push(text);
    }
  };
  new MutationObserver(note).observe(document, { subtree: true, childList: true, characterData: true });
}`;

/** Waits until a page has shown a status since it was loaded, such as a notice: that is removed after some seconds. */
export async function untilSaid(page: Page, text: string | RegExp): Promise<void> {
  const expected = typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text);
  await untilPasses(async () => expect(await page.evaluate('notedStatuses')).toContainEqual(expected));
}
