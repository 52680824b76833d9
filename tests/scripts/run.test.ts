import { spawnSync } from 'node:child_process';
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const run = (...args: string[]) =>
  spawnSync(process.execPath, ['scripts/run.mjs', ...args], { cwd: root, encoding: 'utf8' });
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

describe('the scripts of package.json', () => {
  it('need no shell: no variable, operator, redirection or quote', () => {
    expect(Object.values(scripts).filter((script) => !/^[\w ./:-]+$/.test(String(script)))).toEqual([]);
  });

  it('name commands of scripts/run.mjs', () => {
    const { status, stderr } = run('no-such-command');
    const named = Object.values(scripts).flatMap(
      (script) => /run\.mjs ([\w:]+)/.exec(String(script))?.[1] ?? [],
    );
    expect(status).toBe(1);
    expect(stderr.trim().replace('Commands: ', '').split(', ').sort()).toEqual(named.sort());
  });

  it('list every program of perf/, which all exist', () => {
    const { status, stderr } = run('perf', 'list');
    const listed = [...stderr.matchAll(/^ {2}([\w-]+) /gm)].map(([, name]) => String(name));
    expect(status).toBe(1);
    const programs = globSync('perf/**/*.ts', { cwd: root }).flatMap((path) =>
      [...readFileSync(join(root, path), 'utf8').matchAll(/^ \* +npm run perf ([\w-]+)/gm)].map(
        ([, name]) => name,
      ),
    );
    expect(listed.sort()).toEqual([...new Set(programs)].sort());
    const isCompiled = (name: string) =>
      [`${name}.js`, `${name}/main.js`].some((file) => existsSync(join(root, 'build/perf', file)));
    expect(listed.filter((name) => !isCompiled(name))).toEqual([]);
  });

  it('are the only ones that pages and messages name', () => {
    const pages = [
      '*.md',
      'docs/*.md',
      'src/**/*.ts',
      'tests/**/*.ts',
      'scripts/**/*.{ts,mjs}',
      'perf/**/*.ts',
      '.env.example',
    ];
    const named = globSync(pages, { cwd: root, exclude: ['CHANGELOG.md'] }).flatMap((path) =>
      [...readFileSync(join(root, path), 'utf8').matchAll(/npm run ([a-z][\w:-]*)/g)].map(([, name]) => name),
    );
    expect([...new Set(named)].filter((name) => !Object.hasOwn(scripts, String(name)))).toEqual([]);
  });
});

it('an incremental build removes only the output of deleted sources', async () => {
  const { removeStale } = await import(`${root}/scripts/setup.mjs`);
  const folder = mkdtempSync(join(tmpdir(), 'stale-output-'));
  try {
    mkdirSync(join(folder, 'sources'));
    mkdirSync(join(folder, 'output'));
    writeFileSync(join(folder, 'sources/kept.test.ts'), '');
    const output = ['kept.test.js', 'kept.test.js.map', 'moved.test.js', 'moved.test.js.map', 'data.json'];
    for (const file of output) writeFileSync(join(folder, 'output', file), '');
    removeStale(join(folder, 'sources'), join(folder, 'output'));
    expect(readdirSync(join(folder, 'output')).sort()).toEqual([
      'data.json',
      'kept.test.js',
      'kept.test.js.map',
    ]);
    removeStale(join(folder, 'sources'), join(folder, 'no such folder'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
