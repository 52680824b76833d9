import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { eventually } from '../../support/eventually.js';
import { startTestHost } from '../../support/servers/compute-host.js';
import { isAlive, processesIn } from '../../support/servers/processes.js';
import type { Fault } from '../workers/faulty-task.js';

describe('closing the compute host', () => {
  it('lets accepted calls end, refuses new ones, and leaves nothing', async () => {
    const test = await startTestHost();
    const calls = Array.from({ length: 10 }, () => test.client.process(test.request('PAUSE 20')));
    const closed = test.client.close(200_000);
    await expect(test.client.process(test.request('NONE'))).rejects.toMatchObject({ code: 'SERVER_BUSY' });
    for (const result of await Promise.all(calls)) expect(result).toMatchObject({ byteSize: 6 });
    await closed;
    expect(test.hosts.map(isAlive)).toEqual([false]);
    await test.close();
  });

  it('ends calls that do not, at its deadline', async () => {
    const test = await startTestHost();
    const start = (...faults: Fault[]) =>
      Promise.allSettled(faults.map((fault) => test.client.process(test.request(fault))));
    const computing = start('HANG', 'NEVER');
    await eventually(() => test.client.stats().running === 2);
    const waiting = start('NONE');
    await test.client.close(300);
    for (const outcome of [...(await computing), ...(await waiting)]) {
      expect(outcome).toMatchObject({ reason: { details: { reason: 'HOST_EXITED', retryable: true } } });
    }
    expect(test.hosts.map(isAlive)).toEqual([false]);
    await test.close();
  });

  it('does not wait until its deadline for a host that still loads its engines', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'host-loads-'));
    const preload = join(folder, 'preload.cjs');
    // Blocks its event loop from the moment that it is ready.
    const code = `
      const { send } = process;
      if (send) process.send = (message, ...rest) => {
        if (message.type === 'READY')
          setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600_000));
        return send.call(process, message, ...rest);
      };`;
    await writeFile(preload, code);
    const test = await startTestHost({ environment: { NODE_OPTIONS: `--require ${preload}` } });
    const overdue = new AbortController();
    const first = await Promise.race([
      test.client.close(60_000).then(() => 'closed'),
      delay(50_000, 'overdue', { signal: overdue.signal }),
    ]);
    overdue.abort();
    expect(first).toBe('closed');
    expect(test.hosts.map(isAlive)).toEqual([false]);
    await test.close();
    await rm(folder, { recursive: true });
  });

  it('while the host is being replaced starts no other', async () => {
    const test = await startTestHost();
    const [host = 0] = test.hosts;
    process.kill(host, 'SIGKILL');
    await eventually(() => !isAlive(host));
    await test.client.close(1_000);
    expect(test.hosts.filter(isAlive)).toEqual([]);
    await test.close();
  });
});

describe('the compute host', () => {
  it('that ends at its first start and is slow at its second is waited for', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'host-start-'));
    const preload = join(folder, 'preload.cjs');
    // Slower than the heartbeat allows; its workers are fast again.
    const code = `
      const fs = require('node:fs');
      const marker = ${JSON.stringify(join(folder, 'started'))};
      if (require('node:worker_threads').isMainThread) {
        if (!fs.existsSync(marker)) { fs.writeFileSync(marker, ''); process.exit(1); }
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_500);
      }`;
    await writeFile(preload, code);
    const test = await startTestHost({
      heartbeatMs: 200,
      environment: { NODE_OPTIONS: `--require ${preload}` },
    });
    await expect(test.client.process(test.request('NONE'))).resolves.toMatchObject({ byteSize: 6 });
    expect(test.hosts).toHaveLength(1);
    await test.close();
    await rm(folder, { recursive: true });
  });

  it('that answers no heartbeat while it loads is waited for', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'host-load-'));
    const preload = join(folder, 'preload.cjs');
    // Blocks its event loop once it is ready, for longer than ten heartbeats.
    const code = `
      const { send } = process;
      if (send) process.send = (message, ...rest) => {
        if (message.type === 'READY')
          setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3_000));
        return send.call(process, message, ...rest);
      };`;
    await writeFile(preload, code);
    const test = await startTestHost({
      heartbeatMs: 200,
      environment: { NODE_OPTIONS: `--require ${preload}` },
    });
    await expect(test.client.process(test.request('NONE'))).resolves.toMatchObject({ byteSize: 6 });
    expect(test.hosts).toHaveLength(1);
    await test.close();
    await rm(folder, { recursive: true });
  });

  it('that cannot be started says so', async () => {
    await expect(startTestHost({ storageUrl: 'nonsense://' })).rejects.toMatchObject({
      code: 'PROCESSING_FAILED',
      details: { reason: 'HOST_EXITED' },
    });
  });

  it.each([
    ['its parent', (parent: number, _host: number) => parent],
    ['it', (_parent: number, host: number) => host],
  ])('leaves no busy worker process when %s is killed', async (_who, victim) => {
    const folder = await mkdtemp(join(tmpdir(), 'compute-host-parent-'));
    const env = { ...process.env, TMPDIR: folder };
    const entry = fileURLToPath(new URL('./host-parent.js', import.meta.url));
    const parent = fork(entry, { execArgv: [], env, cwd: folder });
    const [pids] = (await once(parent, 'message')) as [number[]];
    expect(pids.map(isAlive)).toEqual([true, true, true]);
    process.kill(victim(parent.pid ?? 0, pids[0] ?? 0), 'SIGKILL');
    await eventually(() => !pids.some(isAlive));
    parent.kill('SIGKILL');
    // The parent may have replaced its host.
    await eventually(async () => (await processesIn(folder)).length === 0);
    await rm(folder, { recursive: true });
  });
});
