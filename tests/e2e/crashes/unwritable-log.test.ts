import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import { freePort } from '../../support/servers/free-port.js';
import { programFile } from '../../support/servers/programs.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'nogil-bench-log-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Starts the server with its standard output on `stdout`; its address, and a function that ends it. */
async function serve(stdout: number | 'pipe') {
  const port = await freePort();
  const child = spawn(process.execPath, [programFile('main')], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOST: '127.0.0.1', PORT: String(port), WORKERS: '1', LOG_LEVEL: 'debug' },
    stdio: ['ignore', stdout, 'ignore'],
  });
  const url = `http://127.0.0.1:${port}`;
  const status = (path: string) =>
    fetch(url + path).then(
      (response) => response.status,
      () => 0,
    );
  await eventually(async () => (await status('/health')) === 200);
  const end = async () => {
    child.kill('SIGTERM');
    return (await once(child, 'exit'))[0];
  };
  return { url, status, end };
}

describe('a log that cannot be written', () => {
  it('on a full disk stops neither requests nor the end, and is counted', async () => {
    const full = openSync('/dev/full', 'w');
    const { url, status, end } = await serve(full);
    closeSync(full);
    for (let i = 0; i < 20; i++) expect(await status('/nothing-here')).toBe(404);
    const metrics = await (await fetch(`${url}/metrics`)).text();
    expect(Number(/^nogil_bench_log_lines_dropped_total (\d+)$/m.exec(metrics)?.[1])).toBeGreaterThan(20);
    expect(await end()).toBe(0);
  });

  it('into a pipe that nothing reads stops neither requests nor the end', async () => {
    const { status, end } = await serve('pipe');
    // More than a pipe holds: 64 KiB on Linux.
    for (let i = 0; i < 600; i++) expect(await status(`/${'x'.repeat(200)}`)).toBe(404);
    expect(await end()).toBe(0);
  });
});
