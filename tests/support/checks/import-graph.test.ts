import { describe, expect, it } from '@jest/globals';
import { cycles, type Import, loadedBy, type Module, readImports } from './import-graph.js';

describe('the import graph', () => {
  it('distinguishes types, values, dynamic imports and entries, and ignores other code', () => {
    const source = `
import 'reflect-metadata';
import type { A } from './a.js';
import { type B, b } from './b.js';
import c, {
  type D,
} from 'c';
export * from './e.js';
export type { F } from './f.js';
export const G = 'g';
export type H = 'h' | 'i';
const j = await import('./j.js');
const k = new Worker(new URL('./k.js', import.meta.url));
const l = new URL('/l', 'http://m');
`;
    expect(readImports(source.trimStart()).map(({ kind, specifier }) => `${kind} ${specifier}`)).toEqual([
      'VALUE reflect-metadata',
      'TYPE ./a.js',
      'VALUE ./b.js',
      'VALUE c',
      'VALUE ./e.js',
      'TYPE ./f.js',
      'DYNAMIC ./j.js',
      'ENTRY ./k.js',
    ]);
  });

  it('finds cycles, and the modules that are loaded without type imports', () => {
    const graph = (imports: Record<string, Import[]>): Map<string, Module> =>
      new Map(
        Object.entries(imports).map(([path, list]) => [
          path,
          { path, source: '', imports: list, target: (to) => (to in imports ? to : undefined) },
        ]),
      );
    const modules = graph({
      a: [{ kind: 'VALUE', specifier: 'b' }],
      b: [{ kind: 'DYNAMIC', specifier: 'c' }],
      c: [
        { kind: 'TYPE', specifier: 'a' },
        { kind: 'VALUE', specifier: 'package' },
      ],
    });
    expect(cycles(modules)).toEqual([['a', 'b', 'c', 'a']]);
    expect([...loadedBy(modules, 'b').modules]).toEqual(['b', 'c']);
    expect([...loadedBy(modules, 'a').packages]).toEqual(['package']);
  });
});
