import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Program, programFile } from '../support/servers/programs.js';

const CELLS = '--models SYNC,THREADS --workers 2 --images 2 --repetitions 5'.split(' ');
const SLOW = 'export default () => new Promise((resolve) => setTimeout(resolve, 400, 1));';
const FAST = 'export default () => 1;';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-against-'));
  await writeFile(join(folder, 'slow.mjs'), SLOW);
  await writeFile(join(folder, 'fast.mjs'), FAST);
  await writeFile(join(folder, 'other.mjs'), 'export default () => 2;');
  await mkdir(join(folder, 'failing'));
  await writeFile(join(folder, 'failing', 'fast.mjs'), "export default () => { throw new Error('no'); };");
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const bench = (...args: string[]) => run('cli/bench', ...args);

function run(program: Program, ...args: string[]): Promise<{ code: unknown; out: string; err: string }> {
  const options = { cwd: folder, env: { TMPDIR: folder, PATH: process.env.PATH } };
  return new Promise((resolve) => {
    execFile(process.execPath, [programFile(program), ...args], options, (error, out, err) =>
      resolve({ code: error ? error.code : 0, out, err }),
    );
  });
}

describe('nogil-bench bench --against', () => {
  it('measures two modules in turn, compares them, and writes the reports of both', async () => {
    const { code, out, err } = await bench(
      ...['--task', 'slow.mjs', '--against', './fast.mjs', '--out', 'reports'],
      ...CELLS,
    );
    expect(err).toMatch(/^slow\.mjs: 2 cells, 10 samples$/m);
    expect(err).toMatch(/^\.\/fast\.mjs: 2 cells, 10 samples$/m);
    expect(out).toMatch(/^slow\.mjs against \.\/fast\.mjs, of 2 cells: .+; times .+x as long \(median\)\.$/m);
    expect(out).toContain('2 of 2 cells are slower than the baseline by more than 10 %');
    expect(out).not.toMatch(/SYNC itself|one after the other/);
    // On a busy machine, other programs may explain the difference.
    expect(code).toBe(out.includes('Not comparable: ') ? 3 : 1);
    const names = async (path: string) =>
      JSON.parse(await readFile(join(folder, 'reports', path, 'benchmark.json'), 'utf8')).name;
    expect([await names('.'), await names('against')]).toEqual(['slow.mjs', './fast.mjs']);
    const reports = ['reports/against/benchmark.json', 'reports/benchmark.json'];
    const again = await run('cli/main', 'compare', ...reports);
    expect(again.out).toContain('Compared 2 of 2 cells.');
    const left = (await readdir(folder)).filter((name) => /^nogil-bench-(?!measuring)/.test(name));
    expect(left).toEqual([]);
  });

  it('measures no modules whose results differ', async () => {
    const { code, out, err } = await bench('--task', 'other.mjs', '--against', 'fast.mjs', ...CELLS);
    expect([code, out]).toEqual([3, '']);
    expect(err).toBe('Not comparable: the results of other.mjs and fast.mjs differ on inputs[0].\n');
  });

  it('names the file of the module that fails', async () => {
    const { code, err } = await bench('--task', 'fast.mjs', '--against', 'failing/fast.mjs', ...CELLS);
    expect(code).toBe(1);
    expect(err).toMatch(
      /^failing\/fast\.mjs: Task fast failed on inputs\[0\] under SYNC: it threw Error: no/,
    );
  });

  it('prints what both sides would measure, and writes nothing', async () => {
    const dry = ['--task', 'slow.mjs', '--against', 'fast.mjs', '--dry-run', '--json', '--out', 'planned'];
    const { code, out } = await bench(...dry, '--repetitions', '5', '--models', 'SYNC');
    expect([code, JSON.parse(out)]).toEqual([
      0,
      { totalCells: 2, totalSamples: 10, estimatedSeconds: expect.any(Number), warnings: [] },
    ]);
    expect(await readdir(folder)).not.toContain('planned');
  });

  it('says which module is missing', async () => {
    const { code, err } = await bench('--task', 'fast.mjs', '--against', 'slo.mjs', ...CELLS);
    expect(err).toContain('--against: there is no file slo.mjs; did you mean slow.mjs?');
    expect(code).toBe(2);
  });
});
