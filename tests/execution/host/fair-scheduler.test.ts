import { describe, expect, it } from '@jest/globals';
import { FairScheduler } from '../../../src/execution/host/fair-scheduler.js';
import { ScheduledCalls } from './scheduled-calls.js';

describe('the scheduler of the compute host', () => {
  it('computes large images one after another where two exceed the memory', async () => {
    const calls = new ScheduledCalls(new FairScheduler(4, 4, 100));
    await calls.add('a', { memoryBytes: 60 });
    await calls.add('b', { memoryBytes: 60 });
    await calls.add('c', { memoryBytes: 40 });
    expect(calls.running).toEqual(['a']);
    await calls.end('a');
    expect(calls.running).toEqual(['b', 'c']);
  });

  it('computes small images while a large one waits for memory', async () => {
    const calls = new ScheduledCalls(new FairScheduler(3, 3, 100));
    await calls.add('a', { memoryBytes: 60 });
    await calls.add('b', { memoryBytes: 60 });
    await calls.add('small');
    expect(calls.running).toEqual(['a', 'small']);
  });

  it('computes the large image that waits longest before others that would fit', async () => {
    const calls = new ScheduledCalls(new FairScheduler(2, 2, 100));
    await calls.add('a', { memoryBytes: 50 });
    await calls.add('largest', { memoryBytes: 90 });
    await calls.add('c', { memoryBytes: 50 });
    await calls.add('d', { memoryBytes: 50 });
    await calls.end('a');
    expect(calls.running).toEqual(['largest']);
    await calls.end('largest');
    expect(calls.running).toEqual(['c', 'd']);
  });

  it('computes an image that exceeds all of the memory when no other large one is computed', async () => {
    const calls = new ScheduledCalls(new FairScheduler(2, 2, 100));
    await calls.add('a', { memoryBytes: 10 });
    await calls.add('huge', { memoryBytes: 1_000 });
    expect(calls.running).toEqual(['a']);
    await calls.end('a');
    expect(calls.running).toEqual(['huge']);
    await calls.add('small');
    expect(calls.running).toEqual(['huge', 'small']);
  });

  it.each(['a', 'b'])(
    'gives the memory and the turn of a cancelled call to the next one (%s)',
    async (name) => {
      const calls = new ScheduledCalls(new FairScheduler(2, 2, 100));
      await calls.add('a', { memoryBytes: 60 });
      await calls.add('b', { memoryBytes: 60 });
      await calls.add('c', { memoryBytes: 40 });
      await calls.cancel(name);
      expect(calls.running).toEqual(name === 'a' ? ['b', 'c'] : ['a', 'c']);
      expect(calls.finished).toEqual([name]);
    },
  );

  it('computes calls of few slots and of many slots at the same time, as far as the slots hold them', async () => {
    const calls = new ScheduledCalls(new FairScheduler(4, 4));
    await calls.add('many', { slots: 2 });
    await calls.add('few');
    await calls.add('few too');
    await calls.add('next');
    expect(calls.running).toEqual(['many', 'few', 'few too']);
    await calls.end('many');
    expect(calls.running).toEqual(['few', 'few too', 'next']);
  });

  it('lets no call pass one that waits for more slots than are free', async () => {
    const calls = new ScheduledCalls(new FairScheduler(4, 4));
    for (const name of ['a', 'b', 'c']) await calls.add(name);
    await calls.add('many', { slots: 2 });
    await calls.add('few');
    expect(calls.running).toEqual(['a', 'b', 'c']);
    await calls.end('a');
    expect(calls.running).toEqual(['b', 'c', 'many']);
    await calls.end('b');
    expect(calls.running).toEqual(['c', 'many', 'few']);
  });

  it('gives the slots that a cancelled call waited for to the next one', async () => {
    const calls = new ScheduledCalls(new FairScheduler(4, 4));
    for (const name of ['a', 'b', 'c']) await calls.add(name);
    await calls.add('many', { slots: 2 });
    await calls.add('few');
    await calls.cancel('many');
    expect(calls.running).toEqual(['a', 'b', 'c', 'few']);
  });
});
