import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { Router } from 'express';
import { contentPolicy } from '../http/security-headers.js';

/** Bundle that `npm run build` makes, beside the compiled server. */
export const WEB_APP_FOLDER = fileURLToPath(new URL('../../../web-app', import.meta.url));

const YEAR_MS = 31_536_000_000;

/**
 * Serves the web app: `GET /assets/*` (hashed names, cached for a year) and its page for every other address that a
 * browser navigates to. The page is revalidated at each visit, by its ETag. Without a bundle there is no web app.
 *
 * @param basePath path of the public address, such as `/nogil`; empty at the root
 */
export function webApp(folder: string, basePath: string): Router {
  const router = Router();
  if (!existsSync(join(folder, 'index.html'))) return router;
  const page = readPage(folder, basePath);
  const tag = `"${createHash('sha256').update(page).digest('base64url')}"`;
  const assets = { index: false, redirect: false, immutable: true, maxAge: YEAR_MS } as const;
  router.use('/assets', express.static(join(folder, 'assets'), assets));
  router.get('/{*path}', (request, response, next) => {
    // Programs that accept anything get the page of the app at its address alone, and an error elsewhere.
    const preferred = request.path === '/' ? ['html', 'json'] : ['json', 'html'];
    if (request.path.startsWith('/assets/') || request.accepts(preferred) !== 'html') return next();
    contentPolicy('WEB_APP')(request, response, () => {
      response.set({
        ...{ 'Cache-Control': 'no-cache', 'Cross-Origin-Opener-Policy': 'same-origin' },
        ETag: tag,
      });
      response.type('html').send(page);
    });
  });
  return router;
}

/** Inserts the base path into the page: into the addresses of its assets, and for the app. */
function readPage(folder: string, basePath: string): string {
  return readFileSync(join(folder, 'index.html'), 'utf8')
    .replaceAll(/(src|href)="\/assets\//g, `$1="${basePath}/assets/`)
    .replace('name="base-path" content=""', `name="base-path" content="${basePath}"`);
}
