import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { securityHeaders } from '../../../src/api/http/security-headers.js';
import { webApp } from '../../../src/api/web/web-app.js';
import { listen } from '../../support/servers/listen.js';

const PAGE = `<meta name="base-path" content="" /><script src="/assets/index-abc.js"></script>`;
const html = { headers: { accept: 'text/html' } };

describe('the web app', () => {
  let folder: string;
  let server: Awaited<ReturnType<typeof listen>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nogil-bench-web-'));
    await mkdir(join(folder, 'assets'));
    await writeFile(join(folder, 'index.html'), PAGE);
    await writeFile(join(folder, 'assets/index-abc.js'), 'export {};');
    const app = express();
    app.use(securityHeaders(), webApp(folder, '/nogil'));
    app.use((_request, response) => void response.status(418).end());
    server = await listen(app);
  });
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  it('sends its page for every address, revalidated and with its base path', async () => {
    for (const path of ['/', '/images', '/images/7', '/unknown']) {
      const response = await fetch(server.url + path, html);
      const text = await response.text();
      expect(response.status).toBe(200);
      expect(text).toContain('content="/nogil"');
      expect(text).toContain('src="/nogil/assets/index-abc.js"');
      expect(response.headers.get('cache-control')).toBe('no-cache');
      const etag = String(response.headers.get('etag'));
      // Without a Cache-Control of its own, fetch asks for an answer that is not from a cache.
      const revalidation = { ...html.headers, 'if-none-match': etag, 'cache-control': 'max-age=0' };
      const again = await fetch(server.url + path, { headers: revalidation });
      expect(again.status).toBe(304);
    }
  });

  it('has a policy without exceptions', async () => {
    const { headers } = await fetch(server.url, html);
    const policy = String(headers.get('content-security-policy'));
    expect(policy).not.toMatch(/unsafe|\*/);
    for (const directive of ["default-src 'none'", "frame-ancestors 'none'", "trusted-types 'none'"]) {
      expect(policy).toContain(directive);
    }
    expect(policy).toContain("img-src 'self' blob: data:");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('lets browsers keep assets for a year, and leaves an unknown one to other routes', async () => {
    const asset = await fetch(`${server.url}/assets/index-abc.js`);
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect((await fetch(`${server.url}/assets/gone.js`, html)).status).toBe(418);
  });

  it('leaves requests of API clients to other routes', async () => {
    const response = await fetch(`${server.url}/graphql`, { headers: { accept: 'application/json' } });
    expect(response.status).toBe(418);
  });

  it('sends its page to programs that accept anything, at its address alone', async () => {
    const statusOf = async (path: string) => (await fetch(server.url + path)).status;
    expect([await statusOf('/'), await statusOf('/graphql')]).toEqual([200, 418]);
  });

  it('has no pages where it has not been built', async () => {
    const app = express().use(webApp(join(folder, 'missing'), ''));
    const empty = await listen(app);
    expect((await fetch(empty.url, html)).status).toBe(404);
    await empty.close();
  });
});
