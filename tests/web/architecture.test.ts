import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { cycles, readModules } from '../support/checks/import-graph.js';

/** Folders of the web app, and the folders that each may import. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  app: ['session', 'ui', 'images', 'editor', 'jobs', 'account', 'lab', 'styles'],
  recipes: ['api', 'app/base-path', 'session', 'ui'],
  ui: ['api'],
  charts: ['ui'],
  api: ['app/base-path'],
  session: ['api', 'app/base-path', 'ui'],
  images: ['api', 'app/base-path', 'recipes', 'session', 'ui'],
  editor: ['api', 'app/base-path', 'recipes', 'session', 'ui'],
  jobs: ['api', 'app/base-path', 'recipes', 'session', 'ui'],
  account: ['api', 'recipes', 'session', 'ui'],
  lab: ['api', 'app/base-path', 'charts', 'recipes', 'session', 'ui'],
};
/**
 * Of src/, the web app loads the shared client, the errors, the pixels of sample photos, how operations change the size,
 * and the pure modules behind the reports: the laboratory shows the same charts, tables, verdicts and gate.
 */
const FROM_SERVER = new RegExp(
  [
    '^src/client/',
    '^src/errors$',
    '^src/execution/(?:model|race)$',
    '^src/benchmark/(?:analysis|charts|gate|statistics)/',
    '^src/benchmark/export/(?:chart-sections|command|report|tables/(?:group-tables|table|tables))$',
    '^src/benchmark/measure/photo-like-raster$',
    '^src/benchmark/[^/]+$',
    '^src/imaging/(?:engine-name|geometry|image-format)$',
    '^src/imaging/operations/(?:crop|extend|operation-spec|resize|rotate)$',
  ].join('|'),
);
/** What a model may load: other models, generated data, and the modules of the reports. */
const FOR_MODELS = /\.model\.js$|\/generated\/operations\.js$|\/src\/(?:benchmark|execution|imaging)\//;
const LONGEST_FILE = 200;

const root = fileURLToPath(new URL('../../../', import.meta.url));
const modules = readModules(root, ['web/*/**/*.ts', 'web/*/**/*.tsx']);
const sources = [...modules.values()];
const folderOf = (path: string): string => path.split('/')[1] ?? '';
const bareOf = (path: string): string => path.replace(/\.(?:tsx?|css)$/, '');

describe('the architecture of the web app', () => {
  it('has features that import no other feature', () => {
    const wrong = sources.flatMap(({ path, imports, target }) =>
      imports.flatMap(({ specifier }) => {
        const to = bareOf(target(specifier) ?? '').replace(/^web\//, '');
        const from = folderOf(path);
        if (!specifier.startsWith('.') || to.startsWith(`${from}/`)) return [];
        if (FROM_SERVER.test(to)) return [];
        const allowed = MAY_IMPORT[from]?.some((one) => to === one || to.startsWith(`${one}/`));
        return allowed ? [] : [`${path} must not import ${to}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('has models without DOM, components and requests', () => {
    const models = sources.filter(({ path }) => bareOf(path).endsWith('.model'));
    expect(models.length).toBeGreaterThan(3);
    const values = models.flatMap(({ path, imports }) =>
      imports
        .filter(({ kind, specifier }) => kind !== 'TYPE' && !FOR_MODELS.test(specifier))
        .map(({ specifier }) => `${path}: ${specifier}`),
    );
    expect(values).toEqual([]);
  });

  it('sets no markup from text', () => {
    const markup = /dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML/;
    expect(sources.filter(({ source }) => markup.test(source)).map(({ path }) => path)).toEqual([]);
  });

  it('has no import cycle and no long file', () => {
    expect(cycles(modules)).toEqual([]);
    const long = sources.filter(({ path, source }) => {
      return !path.includes('/generated/') && source.split('\n').length > LONGEST_FILE;
    });
    expect(long.map(({ path }) => path)).toEqual([]);
  });
});
