import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { buildReport } from '../../src/benchmark/export/report.js';
import { parseReportFile } from '../../src/benchmark/import/parse-report.js';

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

  it('says what it needs and what it lacks', () => {
    expect(twin('--models', 'FOO').stderr).toMatch(/--models: FOO is none of SYNC, ASYNC/);
    const image = twin('--workload', 'IMAGE', '--tasks', '1', '--repetitions', '1', '--models', 'SYNC');
    if (!hasPillow)
      expect([image.status, image.stderr]).toEqual([2, expect.stringContaining('needs Pillow')]);
    else expect(parseReportFile(image.stdout, 'file').samples[0]?.implementation).toMatch(/^Pillow \d/);
  });
});
