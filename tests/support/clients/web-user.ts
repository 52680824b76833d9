import type { Browser, BrowserContext, Page } from 'playwright-core';
import { eventually } from '../eventually.js';
import { launchBrowser, newContext } from './browser.js';
import { GraphQLClient } from './graphql-client.js';
import { type PageLog, watchPage } from './page-log.js';

const PASSWORD = 'correct horse battery';

/** Registers an account and signs a browser in to it; the client has a session of its own. */
export async function signUp(context: BrowserContext, url: string): Promise<GraphQLClient> {
  const credentials = { email: `ada-${crypto.randomUUID()}@example.com`, password: PASSWORD };
  const client = new GraphQLClient(url);
  await client.register(credentials.email, credentials.password);
  await context.request.post(`${url}/session`, {
    data: { ...credentials, register: false },
    headers: { origin: new URL(url).origin },
  });
  await context.addInitScript("localStorage.setItem('signed-in', 'true')");
  return client;
}

/** A page of the web app whose user is signed in, in a browser of its own. */
export interface SignedInPage {
  browser: Browser;
  page: Page;
  log: PageLog;
  client: GraphQLClient;
}

/** Starts a browser, registers an account and opens a page that is signed in to it. */
export async function openSignedIn(url: string): Promise<SignedInPage> {
  const browser = await launchBrowser();
  const context = await newContext(browser);
  const client = await signUp(context, url);
  const page = await context.newPage();
  return { browser, page, client, log: watchPage(page) };
}

export interface DroppedFile {
  name: string;
  bytes: Uint8Array;
}

/** Drops files onto the window of a page, all at once, when the page accepts files: it begins to after it is drawn. */
export async function dropFiles(page: Page, files: readonly DroppedFile[]): Promise<void> {
  const encoded = files.map(({ name, bytes }) => [name, Buffer.from(bytes).toString('base64')]);
  const drop = `(() => {
    const dataTransfer = new DataTransfer();
    for (const [name, base64] of ${JSON.stringify(encoded)}) {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      dataTransfer.items.add(new File([bytes], name));
    }
    const dispatch = (type) =>
      window.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }));
    const isAccepted = !dispatch('dragover');
    if (isAccepted) dispatch('drop');
    return isAccepted;
  })()`;
  await eventually(() => page.evaluate(drop) as Promise<boolean>);
}
