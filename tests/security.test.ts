import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

const root = new URL('../../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');
const page = read('SECURITY.md');

/** List items, each with its tests. */
const rows = page.split(/\n(?=- |\n)/).filter((block) => block.startsWith('- '));

it.each(rows)('%s names tests that exist', (row) => {
  const named = [...row.matchAll(/`(tests\/[^`]+)`/g)].map(([, path]) => String(path));
  expect(named).not.toEqual([]);
  expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
});

it('mentions no file that does not exist', () => {
  const named = [...page.matchAll(/`((?:src|tests)\/[^`]+)`/g)].map(([, path]) => String(path));
  expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
});

it('package.json allows or forbids the install script of every package that has one', () => {
  const { packages } = JSON.parse(read('package-lock.json'));
  const paths = Object.keys(packages).filter((path) => packages[path].hasInstallScript);
  const names = paths.map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
  const { allowScripts } = JSON.parse(read('package.json'));
  expect(Object.keys(allowScripts).sort()).toEqual([...new Set(names)].sort());
});
