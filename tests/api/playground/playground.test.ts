import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { playground } from '../../../src/api/playground/playground.js';
import { type ListeningServer, listen } from '../../support/servers/listen.js';

describe('the playground', () => {
  let server: ListeningServer;
  let url: string;

  beforeAll(async () => {
    server = await listen(express().use(playground('')));
    url = server.url;
  });

  afterAll(() => server.close());

  it('serves its page and every asset of the page', async () => {
    const page = await (await fetch(`${url}/playground`)).text();
    expect(page).toContain('<base href="/playground/">');
    const assets = [...page.matchAll(/(?:src|href)="([^"/][^"]*)"/g)].map(([, path]) => path);
    expect(assets.length).toBeGreaterThan(5);
    for (const asset of assets) {
      const { status } = await fetch(`${url}/playground/${asset}`);
      expect([asset, status]).toEqual([asset, 200]);
    }
  });

  it('allows scripts from this server only, none inline or evaluated', async () => {
    for (const path of ['/playground', '/playground/main.js', '/playground/iframe-sandbox/index.html']) {
      const policy = (await fetch(url + path)).headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'; script-src 'self';");
      expect(policy).toContain("connect-src 'self'");
      expect(policy).not.toMatch(/unsafe-eval|https?:|\*/);
    }
  });

  it('starts all its addresses with the path of the public URL', async () => {
    const prefixed = await listen(express().use(playground('/prefix')));
    const textOf = async (path: string) => (await fetch(prefixed.url + path)).text();
    expect(await textOf('/playground')).toContain('<base href="/prefix/playground/">');
    expect(await textOf('/playground/init.js')).toContain('new URL("/prefix/graphql", location.href)');
    await prefixed.close();
  });

  it('serves only files of the package', async () => {
    expect((await fetch(`${url}/playground/..%2f..%2fpackage.json`)).status).not.toBe(200);
    expect((await fetch(`${url}/playground/nothing.js`)).status).toBe(404);
  });
});
