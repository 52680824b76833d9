import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { buildReport } from '../../src/benchmark/export/report.js';
import { parseReportFile } from '../../src/benchmark/import/parse-report.js';
import { eventually } from '../support/eventually.js';
import { descendantsOf, isAlive } from '../support/servers/processes.js';

const SCRIPT = 'examples/python/nogil_bench.py';
const twin = (...args: string[]) => spawnSync('python3', [SCRIPT, ...args], { encoding: 'utf8' });

const hasPython = spawnSync('python3', ['--version']).status === 0;
const hasPillow = spawnSync('python3', ['-c', 'import PIL']).status === 0;
const withPython = hasPython ? describe : describe.skip;

withPython('the Python twin', () => {
  it('writes a report in our format, with its models mapped to ours', () => {
    const { stdout, status } = twin('--n', '12', '--tasks', '3', '--repetitions', '2', '--seed', '7');
    expect(status).toBe(0);
    const report = buildReport(parseReportFile(stdout, 'file'));
    expect(report.environment?.runtime).toMatch(/^CPython \d+\.\d+\.\d+.*, GIL (on|off)$/);
    const threads = report.environment?.runtime?.endsWith('on') ? 'THREADS_LOCKED' : 'THREADS';
    expect(report.cells.map(({ model }) => model).sort()).toEqual(
      ['ASYNC', 'PROCESSES', 'SYNC', threads].sort(),
    );
    expect(new Set(report.samples.map(({ outputDigest }) => outputDigest)).size).toBe(1);
    expect(report.samples).toHaveLength(8);
  });

  it.each([
    ['--workers 0', '--workers: must be a whole number from 1'],
    ['--workers 1,abc', "--workers: must be a whole number from 1, not 'abc'"],
    ['--repetitions 51', '--repetitions: at most 50, not 51'],
    ['--tasks -1', '--tasks: must be a whole number from 1'],
    ['--out missing/python.json', '--out: missing/python.json cannot be written'],
    ['--out examples', '--out: examples cannot be written'],
  ])('refuses %s', (options, message) => {
    const { status, stderr } = twin(...options.split(' '));
    expect([status, stderr]).toEqual([2, expect.stringContaining(message)]);
    expect(stderr).not.toContain('Traceback');
  });

  it('writes what was measured before Ctrl-C, and ends its processes', async () => {
    // Takes far longer than the test.
    const long = ['--n', '25', '--models', 'PROCESSES', '--workers', '2', '--repetitions', '50'];
    const child = spawn('python3', [SCRIPT, ...long], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const text = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (part) => {
      text.out += part;
    });
    child.stderr.setEncoding('utf8').on('data', (part) => {
      text.err += part;
    });
    await eventually(() => /PROCESSES x2: .*\n.*PROCESSES/.test(text.err));
    const family = await descendantsOf(child.pid ?? 0);
    child.kill('SIGINT');
    const [code] = await once(child, 'close');
    expect([code, text.err]).toEqual([130, expect.not.stringContaining('Traceback')]);
    expect(parseReportFile(text.out, 'file')).toMatchObject({ status: 'CANCELLED', repetitions: 50 });
    for (const pid of family) await eventually(() => !isAlive(pid));
  });

  it('says what it needs and what it lacks', () => {
    expect(twin('--models', 'FOO').stderr).toMatch(/--models: FOO is none of SYNC, ASYNC/);
    const image = twin('--workload', 'IMAGE', '--tasks', '1', '--repetitions', '1', '--models', 'SYNC');
    if (!hasPillow)
      expect([image.status, image.stderr]).toEqual([2, expect.stringContaining('needs Pillow')]);
    else expect(parseReportFile(image.stdout, 'file').samples[0]?.implementation).toMatch(/^Pillow \d/);
  });
});
