import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

const root = new URL('../../', import.meta.url);
const page = readFileSync(new URL('SECURITY.md', root), 'utf8');

const rows = page.split('\n').filter((line) => /^\| (?!-|what holds)/.test(line));

it.each(rows)('%s names tests that exist', (row) => {
  const named = [...row.matchAll(/`(tests\/[^`]+)`/g)].map(([, path]) => String(path));
  expect(named).not.toEqual([]);
  expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
});

it('has no other mention of a file that does not exist', () => {
  const named = [...page.matchAll(/`((?:src|tests)\/[^`]+)`/g)].map(([, path]) => String(path));
  expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
});
