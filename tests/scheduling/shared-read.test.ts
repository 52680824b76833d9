import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sharedRead } from '../../src/scheduling/shared-read.js';
import { eventually } from '../support/eventually.js';
import { assertProperty } from '../support/property.js';

describe('a shared read', () => {
  it('returns the result of a read that starts after the call, one read at a time, in any interleaving', async () => {
    await assertProperty(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 1, max: 12 }), async (scheduler, callers) => {
        let value = 0;
        let reads = 0;
        let running = 0;
        const read = sharedRead(async () => {
          expect(++running).toBe(1);
          reads++;
          const found = value;
          await scheduler.schedule(Promise.resolve(), 'read');
          running--;
          return found;
        });
        const calls = Array.from({ length: callers }, async (_, index) => {
          await scheduler.schedule(Promise.resolve(), `call ${index}`);
          const written = ++value;
          expect(await read()).toBeGreaterThanOrEqual(written);
        });
        await scheduler.waitFor(Promise.all(calls));
        expect(reads).toBeLessThanOrEqual(callers);
      }),
      { numRuns: 60 },
    );
  });

  it('reads once for callers of one turn, and once for all that call during a read', async () => {
    let reads = 0;
    const held = Promise.withResolvers<void>();
    const read = sharedRead(async () => {
      if (++reads === 1) await held.promise;
      return reads;
    });
    const first = [read(), read(), read()];
    await eventually(() => reads > 0);
    const second = [read(), read()];
    held.resolve();
    expect(await Promise.all([...first, ...second])).toEqual([1, 1, 1, 2, 2]);
  });

  it('fails for all of its callers, and reads again for the next', async () => {
    let reads = 0;
    const read = sharedRead(async () => {
      if (++reads === 1) throw new Error('lost');
      return reads;
    });
    const failed = await Promise.allSettled([read(), read()]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await read()).toBe(2);
  });
});
