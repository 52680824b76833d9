import { describe, expect, it } from '@jest/globals';
import { ProgressStream, type Reading } from '../../../src/api/graphql/progress-stream.js';
import { MemoryProgress } from '../../../src/progress/memory.progress.js';
import { PROGRESS_INTERVAL_MS } from '../../../src/progress/progress.js';

describe('a stream of progress', () => {
  const done = { done: true, value: undefined };

  function follow(read: () => Promise<{ event: number; final: boolean } | undefined>) {
    const progress = new MemoryProgress();
    let seq = 0;
    const stream = new ProgressStream(progress.subscribe('job', 'a'), read);
    return { stream, publish: () => progress.publish({ topic: 'job', id: 'a', seq: ++seq }), progress };
  }

  it('reads at once and after each notice, skips unchanged rows, and ends with the final event', async () => {
    const rows = [1, undefined, 2, 3];
    const { stream, publish } = follow(async () => {
      const event = rows.shift();
      return event === undefined ? undefined : { event, final: event === 3 };
    });
    expect(await stream.next()).toEqual({ done: false, value: 1 });
    const next = stream.next();
    publish();
    publish();
    expect(await next).toEqual({ done: false, value: 2 });
    publish();
    expect(await stream.next()).toEqual({ done: false, value: 3 });
    expect(await stream.next()).toEqual(done);
  });

  it('reads no faster than notices may arrive, also the last time', async () => {
    let reads = 0;
    const { stream, publish } = follow(async () => ({ event: ++reads, final: reads === 4 }));
    const startedAt = performance.now();
    const publishing = setInterval(publish, 1);
    for await (const _event of stream);
    clearInterval(publishing);
    // Timers may be early by the fraction of a millisecond, and never by an interval.
    expect(performance.now() - startedAt).toBeGreaterThan(2.9 * PROGRESS_INTERVAL_MS);
    expect(reads).toBe(4);
  });

  it.each([
    ['while it waits for news', 0],
    ['while it holds news back', 1],
  ])('ends at once %s', async (_when, news) => {
    const { stream, publish } = follow(async () => ({ event: 1, final: false }));
    await stream.next();
    const waiting = stream.next();
    for (let i = 0; i < news; i++) publish();
    expect(await stream.return()).toEqual(done);
    expect(await waiting).toEqual(done);
    expect(await stream.next()).toEqual(done);
  });

  it('fails with the read, and ends', async () => {
    const { stream } = follow(async () => {
      throw new Error('not any more');
    });
    await expect(stream.next()).rejects.toThrow('not any more');
    expect(await stream.next()).toEqual(done);
  });

  it('ends with its channel of notices', async () => {
    const { stream, progress } = follow(async () => ({ event: 1, final: false }));
    await stream.next();
    await progress.close();
    expect(await stream.next()).toEqual(done);
  });
});

const refused = () => Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });

describe('a stream of progress whose read fails', () => {
  const open = (read: () => Promise<Reading<string> | undefined>) => {
    const progress = new MemoryProgress();
    return new ProgressStream(progress.subscribe('job', 'a'), read);
  };

  it('waits while the database cannot be used', async () => {
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

  it('can be ended while it waits', async () => {
    const stream = open(() => Promise.reject(refused()));
    const next = stream.next();
    await stream.return();
    await expect(next).resolves.toEqual({ done: true, value: undefined });
  });

  it('ends with any other error', async () => {
    const stream = open(() => Promise.reject(new Error('a bug')));
    await expect(stream.next()).rejects.toThrow('a bug');
    await expect(stream.next()).resolves.toEqual({ done: true, value: undefined });
  });
});
