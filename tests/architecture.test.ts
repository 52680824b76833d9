import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { cycles, type Import, loadedBy, type Module, readModules } from './support/checks/import-graph.js';
import { IMPORT_RULES, LAYERS_WITH_SUBJECTS } from './support/checks/import-rules.js';

/** Packages that workers never load: they would change the measured start-up time and memory. */
const NOT_IN_WORKERS = /^(?:type-graphql|graphql|reflect-metadata|mikro-orm|express|@mikro-orm\/|@apollo\/)/;

const LONGEST_FILE = 200;

const root = fileURLToPath(new URL('../../', import.meta.url));
const modules = readModules(root, ['src/**/*.ts', 'mikro-orm.config.ts']);
const sources = [...modules.values()];

/** Name in the rules: relative to src. */
const nameOf = (path: string): string => (path.startsWith('src/') ? path.slice(4) : `../${path}`);
const covers = (pattern: string, name: string): boolean =>
  pattern.endsWith('/') ? name.startsWith(pattern) : name === pattern;
/** Folder whose files may import one another, such as `services/jobs` or `storage`; a module directly in src or in a layer is its own subject. */
function subjectOf(name: string): string {
  const parts = name.split('/');
  const depth = LAYERS_WITH_SUBJECTS.includes(parts[0] ?? '') ? 2 : 1;
  return parts.length > depth ? parts.slice(0, depth).join('/') : name;
}

/** Imports of a module that violate the rules, each as a sentence. */
function forbidden(module: Module): string[] {
  const name = nameOf(module.path);
  const rules = IMPORT_RULES.filter(({ from }) => covers(from, name));
  const mayImport = ({ kind }: Import, target: string): boolean =>
    subjectOf(name) === subjectOf(target) ||
    rules.some(({ may, types = [] }) =>
      [...may, ...(kind === 'TYPE' ? types : [])].some((to) => covers(to, target)),
    );
  return module.imports.flatMap((one) => {
    const path = module.target(one.specifier);
    if (!path || mayImport(one, nameOf(path))) return [];
    return [`${name} must not import ${nameOf(path)}${one.kind === 'TYPE' ? '' : ' (other than types)'}`];
  });
}

describe('the architecture', () => {
  it('has a rule for every module', () => {
    const names = sources.map(({ path }) => nameOf(path));
    expect(names.filter((name) => !IMPORT_RULES.some(({ from }) => covers(from, name)))).toEqual([]);
  });

  it('has only imports that a rule allows', () => {
    expect(sources.flatMap(forbidden)).toEqual([]);
  });

  it('has no import cycle', () => {
    expect(cycles(modules)).toEqual([]);
  });

  it('has no module that only re-exports', () => {
    const onlyReExports = ({ source }: Module): boolean => {
      const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '').trim();
      return code !== '' && code.replace(/^export\s[^;']*\sfrom\s+'[^']+';$/gm, '').trim() === '';
    };
    expect(sources.filter(onlyReExports).map(({ path }) => path)).toEqual([]);
  });

  it('reads the environment only in config, and in one file of the command', () => {
    const reads = /\bprocess\.env\b|import \{[^}]*\benv\b[^}]*\} from 'node:process'/;
    const readers = sources.filter(({ source }) =>
      reads.test(source.replace(/^\s*(?:\*|\/\/|\/\*).*$/gm, '')),
    );
    const allowed = ['src/cli/run/process-environment', 'src/config', 'src/process/compile-cache'];
    expect(readers.map(({ path }) => path).sort()).toEqual(allowed.filter((path) => modules.has(path)));
  });

  it('keeps the API and the database out of threads and processes', () => {
    const entries = sources.flatMap((module) =>
      module.imports
        .filter(({ kind }) => kind === 'ENTRY')
        .map(({ specifier }) => module.target(specifier) ?? ''),
    );
    expect(entries.length).toBeGreaterThan(0);
    expect(entries.filter((entry) => !modules.has(entry))).toEqual([]);
    // The entry of the command line's own server is no worker.
    const workers = entries.filter((entry) => entry !== 'src/cli/run/own-server-entry');
    const loads = workers.flatMap((entry) =>
      [...loadedBy(modules, entry).packages]
        .filter((name) => NOT_IN_WORKERS.test(name))
        .map((name) => `${entry}: ${name}`),
    );
    expect(loads).toEqual([]);
  });

  it('keeps the test runner out of programs that run without it', () => {
    const all = readModules(root, ['{perf,scripts,src,tests/support}/**/*.ts']);
    const programs = [...all.keys()].filter((path) => /^(?:perf|scripts)\//.test(path));
    expect(programs.length).toBeGreaterThan(0);
    expect(programs.filter((path) => loadedBy(all, path).packages.has('@jest/globals'))).toEqual([]);
  });

  it('has no file of more than 200 lines, except data, migrations and generated files', () => {
    const long = sources.filter(({ path, source }) => {
      const lines = source.split('\n').filter((line) => line.trim() !== '');
      return lines.length > LONGEST_FILE && !/\.data$|^src\/migrations\/|\/generated\//.test(path);
    });
    expect(long.map(({ path }) => path)).toEqual([]);
  });
});
