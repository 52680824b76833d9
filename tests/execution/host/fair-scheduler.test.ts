import { describe, expect, it } from '@jest/globals';
import type { TaskOutcome } from '../../../src/execution/executor.js';
import { FairScheduler, type ScheduledCall } from '../../../src/execution/host/fair-scheduler.js';

const FAILED: TaskOutcome = { status: 'FAILED', error: { code: 'PROCESSING_FAILED', message: '' } };

/** Calls by name: `computing` are those in a worker now, `finished` those that have ended. */
class Calls {
  readonly computing = new Map<string, () => void>();
  readonly finished: string[] = [];
  readonly #calls = new Map<string, ScheduledCall>();

  constructor(private readonly scheduler: FairScheduler) {}

  async add(name: string, memoryBytes: number, owner = name): Promise<void> {
    const call: ScheduledCall = {
      owner,
      memoryBytes,
      read: async () => new Uint8Array(1),
      compute: (_, signal) =>
        new Promise((resolve) => {
          const end = () => {
            this.computing.delete(name);
            resolve(FAILED);
          };
          this.computing.set(name, end);
          signal.addEventListener('abort', end);
        }),
      finish: async () => {
        this.finished.push(name);
      },
    };
    this.#calls.set(name, call);
    this.scheduler.add(call);
    await settled();
  }

  get running(): string[] {
    return [...this.computing.keys()];
  }

  async end(name: string): Promise<void> {
    this.computing.get(name)?.();
    await settled();
  }

  async cancel(name: string): Promise<void> {
    this.scheduler.cancel(this.#calls.get(name) as ScheduledCall);
    await settled();
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the scheduler of the compute host', () => {
  it('computes large images one after another where two exceed the memory', async () => {
    const calls = new Calls(new FairScheduler(4, 4, 100));
    await calls.add('a', 60);
    await calls.add('b', 60);
    await calls.add('c', 40);
    expect(calls.running).toEqual(['a']);
    await calls.end('a');
    expect(calls.running).toEqual(['b', 'c']);
  });

  it('computes small images while a large one waits for memory', async () => {
    const calls = new Calls(new FairScheduler(3, 3, 100));
    await calls.add('a', 60);
    await calls.add('b', 60);
    await calls.add('small', 0);
    expect(calls.running).toEqual(['a', 'small']);
  });

  it('computes the large image that waits longest before others that would fit', async () => {
    const calls = new Calls(new FairScheduler(2, 2, 100));
    await calls.add('a', 50);
    await calls.add('largest', 90);
    await calls.add('c', 50);
    await calls.add('d', 50);
    await calls.end('a');
    expect(calls.running).toEqual(['largest']);
    await calls.end('largest');
    expect(calls.running).toEqual(['c', 'd']);
  });

  it('computes an image that exceeds all of the memory when no other large one is computed', async () => {
    const calls = new Calls(new FairScheduler(2, 2, 100));
    await calls.add('a', 10);
    await calls.add('huge', 1_000);
    expect(calls.running).toEqual(['a']);
    await calls.end('a');
    expect(calls.running).toEqual(['huge']);
    await calls.add('small', 0);
    expect(calls.running).toEqual(['huge', 'small']);
  });

  it.each(['a', 'b'])(
    'gives the memory and the turn of a cancelled call to the next one (%s)',
    async (name) => {
      const calls = new Calls(new FairScheduler(2, 2, 100));
      await calls.add('a', 60);
      await calls.add('b', 60);
      await calls.add('c', 40);
      await calls.cancel(name);
      expect(calls.running).toEqual(name === 'a' ? ['b', 'c'] : ['a', 'c']);
      expect(calls.finished).toEqual([name]);
    },
  );
});
