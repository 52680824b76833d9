import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';

const root = new URL('../../../src/', import.meta.url);
const files = readdirSync(new URL('client/', root), { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => `client/${name}`);

it.each([...files, 'errors.ts'])('%s imports nothing that a browser lacks', (file) => {
  const text = readFileSync(new URL(file, root), 'utf8');
  const libraries = [...text.matchAll(/^import (?!type ).*? from '([^.'][^']*)';/gms)].map(
    ([, name]) => name,
  );
  expect(libraries.filter((name) => name !== 'graphql-ws/client')).toEqual([]);
});
