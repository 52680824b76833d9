import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { defaultHostMemoryMb } from '../../../src/execution/host/host-memory.js';
import { startTestHost } from '../../support/servers/compute-host.js';

const GIBIBYTE = 2 ** 30;

it('a host has a gibibyte and as much for each worker, but at most 60 % of what there is', () => {
  expect(defaultHostMemoryMb(2, 64 * GIBIBYTE)).toBe(3_072);
  expect(defaultHostMemoryMb(16, 64 * GIBIBYTE)).toBe(17_408);
  expect(defaultHostMemoryMb(16, 10 * GIBIBYTE)).toBe(6_144);
  expect(defaultHostMemoryMb(2, GIBIBYTE / 8)).toBe(256);
});

const onLinux = process.platform === 'linux' ? it : it.skip;

onLinux('a host is the first to go where memory runs out, and its worker processes with it', async () => {
  const test = await startTestHost({ pool: 'PROCESSES' });
  await test.client.process(test.request('PID', { resultKey: 'pid.bin' }));
  const worker = Number(await test.storage.read('pid.bin'));
  for (const pid of [test.hosts[0], worker]) {
    expect(Number(readFileSync(`/proc/${pid}/oom_score_adj`, 'utf8'))).toBeGreaterThanOrEqual(500);
  }
  await test.close();
});
