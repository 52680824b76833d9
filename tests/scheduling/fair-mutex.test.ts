import { describe, expect, it } from '@jest/globals';
import { FairMutex } from '../../src/scheduling/fair-mutex.js';

const busy = { code: 'SERVER_BUSY', details: { retryAfterMs: expect.any(Number) } };

describe('a fair lane', () => {
  it('runs one task at a time, owners in turn, and continues after a failure', async () => {
    const lane = new FairMutex(10, 'tests');
    let running = 0;
    let served = '';
    const ask = (owner: string) =>
      lane.run(owner, async () => {
        served += owner;
        expect(++running).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        if (served.length === 2) throw new Error('failed');
        return owner;
      });
    const asked = await Promise.allSettled([...'xaaaabbc'].map(ask));
    expect(served).toBe('xabcabaa');
    expect(asked.map(({ status }) => status).filter((status) => status === 'rejected')).toHaveLength(1);
    expect(await ask('d')).toBe('d');
  });

  it('refuses only an owner with too many waiting tasks', async () => {
    const lane = new FairMutex(2, 'tests');
    const held = Promise.withResolvers<void>();
    const flood = [1, 2, 3].map(() => lane.run('a', () => held.promise));
    await expect(lane.run('a', async () => undefined)).rejects.toMatchObject(busy);
    const other = lane.run('b', async () => 'served');
    held.resolve();
    expect(await other).toBe('served');
    await Promise.all(flood);
    expect(await lane.run('a', async () => 'again')).toBe('again');
  });

  it('lets one run where none may wait', async () => {
    const lane = new FairMutex(0, 'tests');
    const held = Promise.withResolvers<void>();
    const first = lane.run('a', () => held.promise);
    await expect(lane.run('b', async () => undefined)).rejects.toMatchObject(busy);
    held.resolve();
    await first;
  });
});
