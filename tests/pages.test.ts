import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ERROR_CODES } from '../src/errors.js';

const PAGES = globSync(['*.md', 'docs/*.md', 'examples/*.md']);
const read = (path: string) => readFileSync(path, 'utf8');

describe('the pages', () => {
  it.each(PAGES)('%s links only to files that exist', (page) => {
    const targets = [...read(page).matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map(([, target]) =>
      String(target),
    );
    const files = targets.filter((target) => !/^\w+:/.test(target));
    expect(files.filter((target) => !existsSync(join(dirname(page), target)))).toEqual([]);
  });

  it.each(PAGES)('%s names only source files that exist', (page) => {
    const named = [...read(page).matchAll(/`((?:src|tests|perf|scripts|deploy|docs|examples)\/[\w./-]+)`/g)];
    expect(named.map(([, path]) => String(path)).filter((path) => !existsSync(path))).toEqual([]);
  });

  it('CHANGELOG.md begins with the version of the package', () => {
    const [, version] = /^## (\S+)/m.exec(read('CHANGELOG.md')) ?? [];
    const { version: locked, packages } = JSON.parse(read('package-lock.json'));
    expect([JSON.parse(read('package.json')).version, locked, packages[''].version]).toEqual(
      Array(3).fill(version),
    );
  });

  it('README.md explains every error code', () => {
    const explained = [...read('README.md').matchAll(/^\| `([A-Z_]+)` /gm)].map(([, code]) => code);
    expect(explained).toEqual([...ERROR_CODES]);
  });
});
