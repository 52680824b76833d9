import { describe, expect, it } from '@jest/globals';
import { HeldTurn } from '../../../../src/services/benchmarks/turns/held-turn.js';
import type { MachineTurn } from '../../../../src/services/benchmarks/turns/machine-turn.js';
import { eventually } from '../../../support/eventually.js';

/** A lock that another program waits for, and gives back when the test says so. */
class OtherProgram implements MachineTurn {
  readonly events: string[] = [];
  waits = true;
  measures = true;
  failure: Error | undefined;

  async tryAcquire(what: string): Promise<(() => Promise<void>) | null> {
    if (this.failure) throw this.failure;
    this.events.push(`asked for ${what}`);
    return this.measures ? null : () => this.end();
  }

  async isAwaited(): Promise<boolean> {
    return this.waits;
  }

  async withdraw(): Promise<void> {
    if (this.failure) throw this.failure;
    this.events.push('withdrew');
  }

  async end(): Promise<void> {
    this.events.push('ended');
  }
}

const NEVER = new AbortController().signal;

/** A turn that is held, beside a program that waits for it. */
function held() {
  const other = new OtherProgram();
  const errors: unknown[] = [];
  const turn = new HeldTurn(
    other,
    'a benchmark',
    () => other.end(),
    (error) => void errors.push(error),
    1,
  );
  return { other, errors, turn, onWait: async () => void other.events.push('waits') };
}

describe('the turn of a benchmark', () => {
  it('ends for a program that waits, and returns after its turn', async () => {
    const { other, turn, onWait } = held();
    const passed = turn.pass(NEVER, onWait);
    await eventually(() => other.events.length >= 4);
    const asked = 'asked for a benchmark';
    expect(other.events.slice(0, 4)).toEqual(['ended', 'waits', asked, asked]);
    other.measures = false;
    expect(await passed).toBeGreaterThanOrEqual(0);
    await turn.end();
    await turn.end();
    expect(other.events.filter((event) => event === 'ended')).toHaveLength(2);
    expect(other.events).not.toContain('withdrew');
  });

  it('goes on where no program waits', async () => {
    const { other, turn, onWait } = held();
    other.waits = false;
    expect(await turn.pass(NEVER, onWait)).toBe(0);
    expect(other.events).toEqual([]);
  });

  it('gives up its place where the benchmark is cancelled during the turn of the other program', async () => {
    const { other, turn, onWait } = held();
    const closing = new AbortController();
    const passed = turn.pass(closing.signal, onWait);
    await eventually(() => other.events.length >= 3);
    closing.abort();
    await expect(passed).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(other.events.at(-1)).toBe('withdrew');
    await turn.end();
    expect(other.events.filter((event) => event === 'ended')).toHaveLength(1);
  });

  it('gives up its place where the wait cannot be published', async () => {
    const { other, turn } = held();
    await expect(turn.pass(NEVER, () => Promise.reject(new Error('no database')))).rejects.toThrow(
      'no database',
    );
    expect(other.events).toEqual(['ended', 'withdrew']);
  });

  it('measures without a turn, and reports that, where the lock cannot be used any more', async () => {
    const { other, errors, turn, onWait } = held();
    other.failure = new Error('ELOOP');
    await turn.pass(NEVER, onWait);
    // Neither to ask nor to give up the place.
    expect(errors).toEqual([other.failure, other.failure]);
    // Without a turn there is none to pass on.
    expect(await turn.pass(NEVER, onWait)).toBe(0);
  });
});
