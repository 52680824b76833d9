import { describe, expect, it } from '@jest/globals';
import { type Cancellable, SharedInterruption } from '../../src/cli/run/shared-interruption.js';

describe('one interruption of several measurements', () => {
  it('cancels each of them that still runs', () => {
    const interruption: Cancellable = { gentler: null };
    const shared = new SharedInterruption(interruption);
    const [first, second] = [shared.part(), shared.part()];
    const cancelled: string[] = [];
    first.gentler = () => void cancelled.push('first');
    second.gentler = () => void cancelled.push('second');
    first.gentler = null;
    interruption.gentler?.();
    expect(cancelled).toEqual(['second']);
    second.gentler = null;
    expect(interruption.gentler).toBeNull();
  });

  it('cancels one that begins after another has failed', () => {
    const shared = new SharedInterruption({ gentler: null });
    const late = shared.part();
    shared.cancel();
    const cancelled: string[] = [];
    late.gentler = () => void cancelled.push('late');
    expect(cancelled).toEqual(['late']);
  });
});
