import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

/** A function that takes some milliseconds. */
const TASK = `export const inputs = [200_000, 300_000];
export default function run(limit) {
  let sum = 0;
  for (let number = 0; number < limit; number++) sum += Math.sqrt(number);
  return sum;
}
`;

/** The Node and npm of the machine, not those of the project. */
const path = (process.env.PATH ?? '')
  .split(':')
  .filter((folder) => !folder.includes('node_modules'))
  .join(':');

describe('the package', () => {
  let folder: string;
  /** Paths of the files in the tarball. */
  let names: string[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'package-test-'));
    const packed = execFileSync('npm', ['pack', '--json', '--pack-destination', folder], {
      encoding: 'utf8',
      env: { ...process.env, PATH: path },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [{ files }] = JSON.parse(packed);
    names = files.map(({ path: name }: { path: string }) => name);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('installs from its tarball in an empty folder, and measures a function there', async () => {
    const [tarball = ''] = await readdir(folder);
    const work = await mkdtemp(join(folder, 'empty-'));
    const run = (...args: string[]) =>
      spawnSync(args[0] ?? '', args.slice(1), {
        cwd: work,
        encoding: 'utf8',
        env: { ...process.env, PATH: path },
      });
    await writeFile(join(work, 'package.json'), '{"private":true}');
    await writeFile(join(work, 'sum.mjs'), TASK);
    // The cache of the project's own installation has the packages: the registry need not answer.
    const options = ['--prefer-offline', '--no-audit', '--no-fund', '--omit=dev'];
    const installed = run('npm', 'install', ...options, join('..', tarball));
    expect([installed.status, installed.stderr]).toEqual([0, expect.any(String)]);
    const cells = ['--models', 'SYNC,THREADS', '--workers', '2', '--repetitions', '2', '--images', '4'];
    const measured = run('npx', 'nogil-bench', 'bench', '--task', './sum.mjs', ...cells, '--out', 'reports');
    expect([measured.status, measured.stderr]).toEqual([
      0,
      expect.stringContaining('sum: 2 cells, 4 samples'),
    ]);
    expect(measured.stdout).toMatch(/^ {2}(SYNC|THREADS) +.* ms/m);
    const report = JSON.parse(await readFile(join(work, 'reports', 'benchmark.json'), 'utf8'));
    expect(report).toMatchObject({ workload: 'TASK', task: 'sum' });
  });

  it('contains the files of run time, and neither tests nor sources', () => {
    expect(names).toEqual(
      expect.arrayContaining([
        'bin/nogil-bench.mjs',
        'scripts/launch.mjs',
        'build/programs/main.js',
        'build/programs/cli/main.js',
        'build/web-app/index.html',
        'docs/report.schema.json',
      ]),
    );
    expect(names.filter((name) => /^(?:src|tests|build\/tests)\/|\.tsbuildinfo$/.test(name))).toEqual([]);
  });
});
