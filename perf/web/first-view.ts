import type { Browser } from 'playwright-core';
import { signUp } from '../../tests/support/clients/web-user.js';

/** Sets `shownAt` when an element that matches first appears; its listeners are attached in the same task. */
const watch = (selector: string): string => `
  const observer = new MutationObserver(() => {
    if (!document.querySelector(${JSON.stringify(selector)})) return;
    window.shownAt = performance.now();
    observer.disconnect();
  });
  observer.observe(document, { childList: true, subtree: true });
`;

/**
 * Times from the start of the navigation until a page can be used, in ms, each in a browser context of its own: with an
 * empty cache.
 *
 * @param selector of an element of the finished page
 */
export async function firstViews(
  browser: Browser,
  serverUrl: string,
  selector: string,
  { rounds, signedIn }: { rounds: number; signedIn: boolean },
): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const context = await browser.newContext();
    if (signedIn) await signUp(context, serverUrl);
    await context.addInitScript(watch(selector));
    const page = await context.newPage();
    await page.goto(serverUrl, { waitUntil: 'commit' });
    await page.locator(selector).waitFor();
    times.push(Number(await page.evaluate('window.shownAt')));
    await context.close();
  }
  return times;
}
