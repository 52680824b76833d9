import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PROGRESS_INTERVAL_MS, type Progress, type ProgressNotice } from '../../src/progress/progress.js';

export interface ProgressUnderTest {
  publisher: Progress;
  /** The same object where the channel ends at the process, another process's where it does not. */
  subscriber: Progress;
  close: () => Promise<void>;
}

/** Contract of every progress channel. */
export function describeProgress(name: string, open: () => Promise<ProgressUnderTest>): void {
  describe(`${name} as a Progress`, () => {
    let test: ProgressUnderTest;
    let publisher: Progress;
    let subscriber: Progress;

    beforeEach(async () => {
      test = await open();
      ({ publisher, subscriber } = test);
    });
    afterEach(() => test.close());

    const first: ProgressNotice = { seq: undefined };
    const publish = (seq: number, id = 'a') => publisher.publish({ topic: 'job', id, seq });

    /** Sequence numbers that are received from now on, including the last one. */
    async function hear(notices: AsyncIterableIterator<ProgressNotice>, last: number): Promise<number[]> {
      const heard: number[] = [];
      while (heard.at(-1) !== last) {
        const { value, done } = await notices.next();
        if (done) throw new Error(`The stream ended after ${heard}`);
        if (value.seq !== undefined) heard.push(value.seq);
      }
      return heard;
    }

    it('gives a first notice without a change', async () => {
      const notices = subscriber.subscribe('job', 'a');
      await expect(notices.next()).resolves.toEqual({ done: false, value: first });
    });

    it('misses nothing that is published after the first notice', async () => {
      const notices = subscriber.subscribe('job', 'a');
      await notices.next();
      publish(1);
      expect(await hear(notices, 1)).toEqual([1]);
    });

    it('notifies every subscriber', async () => {
      const all = Array.from({ length: 20 }, () => subscriber.subscribe('job', 'a'));
      await Promise.all(all.map((notices) => notices.next()));
      publish(7);
      expect(await Promise.all(all.map((notices) => hear(notices, 7)))).toEqual(all.map(() => [7]));
    });

    it('keeps ids and topics apart', async () => {
      const job = subscriber.subscribe('job', 'a');
      const other = subscriber.subscribe('job', 'b');
      const benchmark = subscriber.subscribe('benchmark', 'a');
      for (const notices of [job, other, benchmark]) await notices.next();
      publisher.publish({ topic: 'benchmark', id: 'a', seq: 2 });
      publish(1);
      publish(3, 'b');
      expect(await Promise.all([hear(job, 1), hear(benchmark, 2), hear(other, 3)])).toEqual([[1], [2], [3]]);
    });

    it('merges fast changes, keeps their order, and always sends the last', async () => {
      const notices = subscriber.subscribe('job', 'a');
      await notices.next();
      const startedAt = performance.now();
      for (let seq = 1; seq <= 1000; seq++) publish(seq);
      const heard = await hear(notices, 1000);
      const intervals = (performance.now() - startedAt) / PROGRESS_INTERVAL_MS;
      expect(heard.length).toBeLessThanOrEqual(Math.ceil(intervals) + 1);
      expect(heard).toEqual([...new Set(heard)].sort((a, b) => a - b));
    });

    it('holds only the newest notice for a subscriber that does not pull', async () => {
      const slow = subscriber.subscribe('job', 'a');
      const quick = subscriber.subscribe('job', 'a');
      for (const notices of [slow, quick]) await notices.next();
      for (let seq = 1; seq <= 4; seq++) {
        publish(seq);
        await hear(quick, seq);
      }
      await expect(slow.next()).resolves.toEqual({ done: false, value: { seq: 4 } });
      publish(5);
      expect(await hear(slow, 5)).toEqual([5]);
    });

    it('keeps "read in any case" for a subscriber that has not pulled yet', async () => {
      const late = subscriber.subscribe('job', 'a');
      const quick = subscriber.subscribe('job', 'a');
      await quick.next();
      publish(1);
      await hear(quick, 1);
      await expect(late.next()).resolves.toEqual({ done: false, value: first });
    });

    describe('a subscription ends', () => {
      const done = { done: true, value: undefined };

      it('when the loop is left', async () => {
        const notices = subscriber.subscribe('job', 'a');
        for await (const notice of notices) {
          expect(notice).toEqual(first);
          break;
        }
        await expect(notices.next()).resolves.toEqual(done);
      });

      it('on return(), also while a subscriber waits', async () => {
        const notices = subscriber.subscribe('job', 'a');
        await notices.next();
        const waiting = [notices.next(), notices.next()];
        await expect(notices.return?.()).resolves.toEqual(done);
        expect(await Promise.all(waiting)).toEqual([done, done]);
      });

      it('when the signal aborts, and removes its listener', async () => {
        const { signal, abort } = controller();
        const notices = subscriber.subscribe('job', 'a', signal);
        await notices.next();
        const waiting = notices.next();
        abort();
        await expect(waiting).resolves.toEqual(done);
        expect(getEventListeners(signal, 'abort')).toHaveLength(0);
      });

      it('at once when the signal had aborted before', async () => {
        const { signal, abort } = controller();
        abort();
        await expect(subscriber.subscribe('job', 'a', signal).next()).resolves.toEqual(done);
        expect(getEventListeners(signal, 'abort')).toHaveLength(0);
      });

      it('by itself, not through another subscription that ended', async () => {
        const { signal, abort } = controller();
        const leaving = subscriber.subscribe('job', 'a', signal);
        const staying = subscriber.subscribe('job', 'a', signal);
        for (const notices of [leaving, staying]) await notices.next();
        await leaving.return?.();
        publish(1);
        expect(await hear(staying, 1)).toEqual([1]);
        expect(getEventListeners(signal, 'abort')).toHaveLength(1);
        abort();
      });

      it('when the channel closes, after the last notice', async () => {
        const notices = subscriber.subscribe('job', 'a');
        await notices.next();
        publish(1);
        publish(2);
        await publisher.close();
        await hear(notices, 2);
        await subscriber.close();
        await expect(notices.next()).resolves.toEqual(done);
      });

      it('after one notice on a channel that has closed', async () => {
        await subscriber.close();
        const notices = subscriber.subscribe('job', 'a');
        await expect(notices.next()).resolves.toEqual({ done: false, value: first });
        await expect(notices.next()).resolves.toEqual(done);
      });
    });
  });
}

function controller(): { signal: AbortSignal; abort: () => void } {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
