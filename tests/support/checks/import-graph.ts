import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path/posix';

export type ImportKind =
  /** Removed by the compiler: `import type …`. */
  | 'TYPE'
  /** Loaded with the module. `import { type X } …` counts, because it compiles to an empty import. */
  | 'VALUE'
  /** Loaded on demand: `import('…')`. */
  | 'DYNAMIC'
  /** The entry of a thread or process, or a module whose URL is passed to one: `new URL('…', import.meta.url)`. */
  | 'ENTRY';

export interface Import {
  /** As in the source. */
  specifier: string;
  kind: ImportKind;
}

/** A module with its imports, by its path without extension, such as `src/api/server`. */
export interface Module {
  path: string;
  source: string;
  imports: Import[];
  /** Path of the imported module; undefined for packages. */
  target(specifier: string): string | undefined;
}

const STATEMENT = /^(?:import|export)\s+(?<type>type\s+)?(?:[\w$*,{}\s]+?\sfrom\s+)?'(?<specifier>[^']+)'/gm;
const CALL = /\bimport\(\s*'(?<specifier>[^']+)'\s*\)/g;
const ADDRESS = /new URL\(\s*'(?<specifier>\.[^']+\.js)',\s*import\.meta\.url\s*\)/g;

/** Imports of a TypeScript source in Biome's format. */
export function readImports(source: string): Import[] {
  const find = (pattern: RegExp, kindOf: (type?: string) => ImportKind): Import[] =>
    [...source.matchAll(pattern)].map(({ groups }) => ({
      specifier: groups?.specifier ?? '',
      kind: kindOf(groups?.type),
    }));
  return [
    ...find(STATEMENT, (type) => (type ? 'TYPE' : 'VALUE')),
    ...find(CALL, () => 'DYNAMIC'),
    ...find(ADDRESS, () => 'ENTRY'),
  ];
}

/** Modules under the root that match the globs. */
export function readModules(root: string, globs: readonly string[]): Map<string, Module> {
  const modules = globSync([...globs], { cwd: root }).map((file): [string, Module] => {
    const path = file.replaceAll('\\', '/').replace(/\.ts$/, '');
    const source = readFileSync(join(root, file), 'utf8');
    const target = (specifier: string) =>
      specifier.startsWith('.') ? join(dirname(path), specifier).replace(/\.js$/, '') : undefined;
    return [path, { path, source, imports: readImports(source), target }];
  });
  return new Map(modules);
}

/** Modules and packages that are loaded with a module, itself included; `packages` are the names as imported. */
export function loadedBy(
  modules: ReadonlyMap<string, Module>,
  start: string,
): { modules: Set<string>; packages: Set<string> } {
  const loaded = { modules: new Set<string>(), packages: new Set<string>() };
  const visit = (path: string): void => {
    const module = modules.get(path);
    if (!module || loaded.modules.has(path)) return;
    loaded.modules.add(path);
    for (const { specifier, kind } of module.imports) {
      if (kind === 'TYPE' || kind === 'ENTRY') continue;
      const target = module.target(specifier);
      if (target) visit(target);
      else loaded.packages.add(specifier);
    }
  };
  visit(start);
  return loaded;
}

/** Import cycles, type imports included; each from its first module back to it. */
export function cycles(modules: ReadonlyMap<string, Module>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const since = trail.indexOf(path);
    if (since >= 0) {
      found.push([...trail.slice(since), path]);
      return;
    }
    if (done.has(path)) return;
    const module = modules.get(path);
    for (const { specifier, kind } of module?.imports ?? []) {
      const target = kind === 'ENTRY' ? undefined : module?.target(specifier);
      if (target) visit(target, [...trail, path]);
    }
    done.add(path);
  };
  for (const path of modules.keys()) visit(path, []);
  return found;
}
