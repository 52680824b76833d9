import { describe, expect, it } from '@jest/globals';
import { ProgressStream, type Reading } from '../../src/api/progress-stream.js';
import { MemoryProgress } from '../../src/progress/memory.progress.js';

const refused = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

describe('a stream of progress', () => {
  const open = (read: () => Promise<Reading<string> | undefined>) => {
    const progress = new MemoryProgress();
    return new ProgressStream(progress.subscribe('job', 'a'), read);
  };

  it('waits for a database that cannot be used', async () => {
    let reads = 0;
    const stream = open(async () => {
      if (++reads === 1) throw refused();
      return { event: 'done', final: true };
    });
    expect([await stream.next(), await stream.next()]).toEqual([
      { done: false, value: 'done' },
      { done: true, value: undefined },
    ]);
    expect(reads).toBe(2);
  });

  it('can be left while it waits', async () => {
    const stream = open(() => Promise.reject(refused()));
    const next = stream.next();
    await stream.return();
    await expect(next).resolves.toEqual({ done: true, value: undefined });
  });

  it('ends with any other failure', async () => {
    const stream = open(() => Promise.reject(new Error('a bug')));
    await expect(stream.next()).rejects.toThrow('a bug');
    await expect(stream.next()).resolves.toEqual({ done: true, value: undefined });
  });
});
