import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FairScheduler } from '../../../src/execution/host/fair-scheduler.js';
import { assertProperty } from '../../support/property.js';
import { ScheduledCalls } from './scheduled-calls.js';

/** Slots of an image on SHARP and on JIMP, with two workers and four images in flight. */
const [FEW, MANY] = [2, 4];
const SLOTS = 8;

const owners = fc.array(
  fc.record({ calls: fc.integer({ min: 1, max: 8 }), slots: fc.constantFrom(FEW, MANY) }),
  {
    minLength: 2,
    maxLength: 4,
  },
);

/** Chooses which running call ends next. */
const choices = fc.infiniteStream(fc.nat());

const ownerOf = (name: string) => name.split(' ')[0] as string;

describe('the scheduler of the compute host, over owners with calls of few and of many slots', () => {
  it('starts as many calls of each owner who has some waiting, within one, whatever slots they take', async () => {
    await assertProperty(
      fc.asyncProperty(owners, choices, async (all, ends) => {
        const calls = new ScheduledCalls(new FairScheduler(SLOTS, 100));
        await calls.add('before', { slots: SLOTS });
        const left = new Map<string, number>();
        for (const [i, { calls: count, slots }] of all.entries()) {
          left.set(`${i}`, count);
          for (let k = 0; k < count; k++) await calls.add(`${i} ${k}`, { owner: `${i}`, slots });
        }
        await calls.end('before');
        while (calls.running.length > 0) {
          const running = calls.running;
          await calls.end(running[(ends.next().value ?? 0) % running.length] as string);
        }
        const started = new Map([...left.keys()].map((owner) => [owner, 0]));
        for (const name of calls.started.slice(1)) {
          const owner = ownerOf(name);
          const waiting = [...left]
            .filter(([, count]) => count > 0)
            .map(([each]) => started.get(each) as number);
          expect(started.get(owner)).toBe(Math.min(...waiting));
          started.set(owner, (started.get(owner) as number) + 1);
          left.set(owner, (left.get(owner) as number) - 1);
        }
        expect([...left.values()].every((count) => count === 0)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('starts a call of many slots although calls of few slots never end to arrive', async () => {
    const calls = new ScheduledCalls(new FairScheduler(SLOTS, 100));
    for (let i = 0; i < 8; i++) await calls.add(`few ${i}`, { owner: 'few', slots: FEW });
    await calls.add('many', { slots: MANY });
    for (let i = 8; !calls.started.includes('many'); i++) {
      await calls.add(`few ${i}`, { owner: 'few', slots: FEW });
      await calls.end(calls.running[0] as string);
      expect(i).toBeLessThan(12);
    }
  });

  it('never has more slots in use than it has, and finishes every call, with cancellations', async () => {
    const step = fc.oneof(
      fc.record({
        kind: fc.constant('ADD' as const),
        owner: fc.constantFrom('a', 'b', 'c'),
        slots: fc.constantFrom(FEW, MANY),
      }),
      fc.record({ kind: fc.constantFrom('END' as const, 'CANCEL' as const), pick: fc.nat() }),
    );
    await assertProperty(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const calls = new ScheduledCalls(new FairScheduler(SLOTS, 4));
        const slotsOf = new Map<string, number>();
        const inUse = () => calls.running.reduce((sum, name) => sum + (slotsOf.get(name) ?? 0), 0);
        for (const [i, each] of steps.entries()) {
          if (each.kind === 'ADD') {
            const { owner, slots } = each;
            slotsOf.set(`${owner} ${i}`, slots);
            await calls.add(`${owner} ${i}`, { owner, slots });
          } else {
            const names = each.kind === 'END' ? calls.running : [...slotsOf.keys()];
            const name = names[each.pick % names.length];
            if (name !== undefined) await (each.kind === 'END' ? calls.end(name) : calls.cancel(name));
          }
          expect(inUse()).toBeLessThanOrEqual(SLOTS);
        }
        while (calls.running.length > 0) await calls.end(calls.running[0] as string);
        expect(calls.finished.toSorted()).toEqual([...slotsOf.keys()].toSorted());
      }),
      { numRuns: 50 },
    );
  });
});
