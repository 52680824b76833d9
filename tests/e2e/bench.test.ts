import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runRaceExperiment } from '../../src/execution/race/race-experiment.js';
import type { RunRace } from '../../src/services/benchmarks/race.service.js';
import { eventually } from '../support/eventually.js';
import { VirtualRunner } from '../support/fakes/virtual-runner.js';
import { descendantsOf, isAlive } from '../support/servers/processes.js';
import { programFile } from '../support/servers/programs.js';
import { startTestApp } from '../support/servers/test-app.js';

const BENCH = programFile('cli/bench');
const SHORT_RACE = new URL('../support/clients/short-race-command.js', import.meta.url).href;
const SMALL = '--workload FIBONACCI --models SYNC,THREADS --workers 2 --images 3'.split(' ');
/** The race experiment before the answer. */
const RACE = /^\d+ threads? adds? to one counter; .*\n( {2}[A-Z]+ +[\d.,]+ ns {2}.*\n){6}\n/;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bench-test-'));
  // Settings of a deployment, which this command ignores.
  await writeFile(
    join(folder, '.env'),
    'DATABASE_URL=postgresql://nobody@127.0.0.1:1/none\nWORKER_INLINE=false\n',
  );
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Starts the command with a short race; its temporary folders are in the folder of the test. */
function bench(...args: string[]) {
  const child = spawn(process.execPath, [BENCH, ...args], {
    cwd: folder,
    env: { TMPDIR: folder, PATH: process.env.PATH, NODE_OPTIONS: `--import ${SHORT_RACE}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const text = { out: '', err: '' };
  child.stdout.on('data', (chunk) => {
    text.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    text.err += chunk;
  });
  const ended = once(child, 'close').then(([code]) => ({ code: code as number, ...text }));
  return { child, text, ended };
}

/** Folders of servers that a command started; the lock of the machine stays. */
const leftOver = async () =>
  (await readdir(folder)).filter((name) => /^nogil-bench-(?!measuring)/.test(name));

describe('nogil-bench bench', () => {
  it('starts a server, measures, prints, writes all reports, and leaves nothing', async () => {
    const out = join(folder, 'reports');
    const { ended } = bench(...SMALL, '--repetitions', '2', '--name', 'Mine', '--out', out);
    const { code, out: text, err } = await ended;
    expect(code).toBe(0);
    expect(err).toMatch(/^Mine: 2 cells, 4 samples$/m);
    // Samples that ended before the command followed the run are counted in its first line.
    const [before = '', ...later] = err.match(/^ *\d+ % .*$/gm) ?? [];
    const samples = later.filter((line) => /% {2}(SYNC|THREADS) ×2 \(3 tasks\)/.test(line));
    expect(samples).toHaveLength(4 - Math.round(Number.parseInt(before, 10) / 25));
    expect(text).toMatch(/^ {2}THREADS +×2 +█.* ms\b/m);
    expect(text).toMatch(/^(?:Take|Not decided:) /m);
    expect((await readdir(out)).sort()).toEqual([
      'benchmark.csv',
      'benchmark.html',
      'benchmark.json',
      'benchmark.md',
    ]);
    expect(await readFile(join(out, 'benchmark.md'), 'utf8')).toMatch(/^# Mine\n/);
    expect(await leftOver()).toEqual([]);
  });

  it('runs the race experiment on its own server too, and ends the benchmark at its time limit', async () => {
    const out = join(folder, 'race');
    // A hundred processes do not start within a second.
    const limits = ['--repetitions', '50', '--max-seconds', '1'];
    const { code, out: text, err } = await bench(...SMALL, ...limits, '--race', '--out', out).ended;
    expect([code, err]).toEqual([0, expect.stringMatching(/: 2 cells, at most 100 samples$/m)]);
    expect(text).toMatch(RACE);
    expect(await readFile(join(out, 'benchmark.md'), 'utf8')).toMatch(/^## Race experiment/m);
    const { samples } = JSON.parse(await readFile(join(out, 'benchmark.json'), 'utf8'));
    expect(samples.length).toBeLessThan(100);
    expect(await leftOver()).toEqual([]);
  });

  it('cancels the benchmark on Ctrl-C and stops its server', async () => {
    const { child, text, ended } = bench('--workload', 'FIBONACCI', '--images', '1000', '--models', 'SYNC');
    await eventually(() => text.err.includes('RUNNING'));
    const family = await descendantsOf(child.pid ?? 0);
    expect(family).not.toEqual([]);
    child.kill('SIGINT');
    const { code, err } = await ended;
    expect(code).toBe(130);
    expect(err).toContain('Cancelling …\n');
    for (const pid of family) await eventually(() => !isAlive(pid));
    expect(await leftOver()).toEqual([]);
  });

  it('leaves nothing when it is killed', async () => {
    const { child, text, ended } = bench('--workload', 'FIBONACCI', '--images', '1000', '--models', 'SYNC');
    await eventually(() => text.err.includes('RUNNING'));
    const family = await descendantsOf(child.pid ?? 0);
    child.kill('SIGKILL');
    await ended;
    for (const pid of family) await eventually(() => !isAlive(pid));
    expect(await leftOver()).toEqual([]);
  });

  it('leaves nothing after an early or a second Ctrl-C', async () => {
    const early = bench('--workload', 'FIBONACCI');
    await eventually(async () => (await leftOver()).length > 0);
    early.child.kill('SIGINT');
    expect((await early.ended).code).toBe(130);
    expect(await leftOver()).toEqual([]);

    const twice = bench('--workload', 'FIBONACCI', '--images', '1000', '--models', 'SYNC');
    await eventually(() => twice.text.err.includes('RUNNING'));
    const family = await descendantsOf(twice.child.pid ?? 0);
    twice.child.kill('SIGINT');
    await eventually(() => twice.text.err.includes('Cancelling'));
    await new Promise((resolve) => setTimeout(resolve, 1_100));
    twice.child.kill('SIGINT');
    expect((await twice.ended).code).toBe(130);
    expect(await leftOver()).toEqual([]);
    for (const pid of family) await eventually(() => !isAlive(pid));
  });

  it('measures on a running server, and fails where it got slower than the baseline', async () => {
    const samples = new VirtualRunner();
    // One of full length keeps every processor busy for a minute.
    const runRace: RunRace = (input) => runRaceExperiment({ ...input, repetitions: 1, minimumMs: 0 });
    const app = await startTestApp({}, { sampleRunner: () => samples, runRace });
    try {
      const account = ['ada@example.com', 'correct horse battery'] as const;
      await app.client().register(...account);
      const remote = ['--url', app.url, '--email', account[0], '--password', account[1]];
      const first = await bench(...SMALL, ...remote, '--race', '--out', folder).ended;
      expect(first.code).toBe(0);
      expect(first.out).toMatch(RACE);
      expect(await readFile(join(folder, 'benchmark.md'), 'utf8')).toMatch(/^## Race experiment/m);
      const baseline = join(folder, 'benchmark.json');
      const same = await bench(...SMALL, ...remote, '--baseline', baseline).ended;
      expect([same.code, same.out]).toEqual([
        0,
        expect.stringContaining('Compared 2 of 2 cells. No cell is significantly slower'),
      ]);

      const faster = JSON.parse(await readFile(baseline, 'utf8'));
      for (const sample of faster.samples) sample.wallMs /= 2;
      await writeFile(baseline, JSON.stringify(faster));
      const slower = await bench(...SMALL, ...remote, '--baseline', baseline).ended;
      expect([slower.code, slower.out]).toEqual([1, expect.stringContaining('2 of 2 cells are slower')]);
      expect(
        (await bench(...SMALL, ...remote, '--baseline', baseline, '--max-regression', '150').ended).code,
      ).toBe(0);
    } finally {
      await app.close();
    }
  });

  it('measures a function of the user, and takes the batch of the baseline', async () => {
    const text = `export default () => { let sum = 0; for (let i = 0; i < 3e6; i++) sum += i; return sum; };`;
    await writeFile(join(folder, 'sum.mjs'), text);
    const task = ['--task', './sum.mjs', '--models', 'SYNC,THREADS', '--workers', '2', '--repetitions', '5'];
    const out = join(folder, 'task');
    const first = await bench(...task, '--images', '6', '--out', out).ended;
    expect([first.code, first.err]).toEqual([0, expect.stringContaining('sum: 2 cells, 10 samples')]);
    const gate = ['--baseline', join(out, 'benchmark.json'), '--max-regression', '1000'];
    expect((await bench(...task, ...gate).ended).out).toContain('Compared 2 of 2 cells');
  });

  it('says so where there is no server', async () => {
    const { ended } = bench(
      '--url',
      'http://127.0.0.1:65535',
      '--email',
      'a@example.com',
      '--password',
      'long enough',
    );
    expect(await ended).toMatchObject({
      code: 1,
      err: 'http://127.0.0.1:65535/graphql cannot be used: ECONNREFUSED\n',
    });
  });

  it('says what is wrong before it measures', async () => {
    const unknown = await bench('--models', 'FOO').ended;
    expect([unknown.code, unknown.err]).toEqual([
      2,
      expect.stringContaining('--models: "FOO" is none of SYNC'),
    ]);
    const tooMany = await bench('--workers', '10000').ended;
    expect([tooMany.code, tooMany.err]).toEqual([2, expect.stringContaining('at most')]);
    const axis = await bench('--sweep', 'speed=1').ended;
    expect([axis.code, axis.err]).toEqual([2, expect.stringContaining('lockShare, payloadBytes')]);
    const missing = await bench('--baseline', join(folder, 'missing.json')).ended;
    expect([missing.code, missing.err]).toEqual([2, expect.stringContaining('--baseline: there is no file')]);
    expect((await bench('--help').ended).out).toContain('--max-regression');
  });
});
