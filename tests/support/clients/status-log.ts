import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { untilPasses } from '../eventually.js';

/** Waits until a page has shown a status since it was loaded, such as a notice: that is removed after some seconds. */
export async function untilSaid(page: Page, text: string | RegExp): Promise<void> {
  const expected = typeof text === 'string' ? expect.stringContaining(text) : expect.stringMatching(text);
  await untilPasses(async () => expect(await page.evaluate('notedStatuses')).toContainEqual(expected));
}
