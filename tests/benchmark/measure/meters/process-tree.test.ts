import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  descendants,
  descendantsAmong,
  familyBytes,
  listProcesses,
  parsePs,
  togetherBytes,
} from '../../../../src/benchmark/measure/meters/process-tree.js';

/** Says that it is up when it has a child of its own, and holds 64 MiB. */
const PARENT = `
  const held = Buffer.alloc(64 * 2 ** 20, 1);
  const child = require('node:child_process').spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1000)']);
  child.stdout.once('data', () => console.log(held.length));
  process.stdin.once('end', () => { child.kill('SIGKILL'); process.exit(); }).resume();
`;

describe('the processes below this one', () => {
  const child = spawn(process.execPath, ['-e', PARENT], { stdio: ['pipe', 'pipe', 'inherit'] });
  beforeAll(() => once(child.stdout, 'data'));
  afterAll(async () => {
    child.stdin.end();
    await once(child, 'exit');
  });

  it('are counted with their own children', () => {
    const found = descendants();
    expect(found.length).toBeGreaterThanOrEqual(2);
    expect(togetherBytes(found)).toBeGreaterThan(80 * 2 ** 20);
    expect(found.reduce((sum, { cpuMs }) => sum + cpuMs, 0)).toBeGreaterThan(0);
  });

  it('count the pages of a shared program once', () => {
    const alone = process.memoryUsage.rss();
    const added = familyBytes() - alone;
    const resident = descendants().reduce((sum, { ownBytes, fileBytes }) => sum + ownBytes + fileBytes, 0);
    expect(added).toBeGreaterThan(64 * 2 ** 20);
    // Node alone is 100 MB of program, of which each has tens in memory.
    expect(added).toBeLessThan(resident - 40 * 2 ** 20);
  });

  it('are found in the list of all processes', () => {
    const found = descendantsAmong(listProcesses(), process.pid);
    expect(found.length).toBeGreaterThanOrEqual(2);
    expect(togetherBytes(found)).toBeGreaterThan(80 * 2 ** 20);
  });

  it('are listed where there is no ps', () => {
    const module = new URL('../../../../src/benchmark/measure/meters/process-tree.js', import.meta.url).href;
    const script = `import(${JSON.stringify(module)}).then((tree) => console.log(tree.listProcesses().length))`;
    const listed = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8', env: { PATH: '' } });
    expect(Number(listed)).toBeGreaterThanOrEqual(3);
  });
});

it.each([
  ['0:01.50', 1500],
  ['00:00:07', 7000],
  ['12:34:56', 45_296_000],
  ['2-01:00:00', 176_400_000],
])('ps tells a process, its time as %s', (time, cpuMs) => {
  const listing = `    1     0  1024 0:00.10\n  123     1    64 ${time}\n`;
  expect(parsePs(listing)[1]).toEqual({ pid: 123, parent: 1, ownBytes: 65_536, fileBytes: 0, cpuMs });
});

it('count shared memory once and private memory for each process', () => {
  const [a, b] = [
    { ownBytes: 10, fileBytes: 40 },
    { ownBytes: 20, fileBytes: 50 },
  ];
  expect(togetherBytes([a, b, b])).toBe(100);
});
