import { describe, expect, it } from '@jest/globals';
import { DeadlineClock } from '../../src/benchmark/repetition-clock.js';

describe('the time limit of a benchmark', () => {
  it('allows a repetition while the longest one so far would end in time', () => {
    let now = 1_000;
    const clock = new DeadlineClock(
      () => 2_000,
      () => now,
    );
    const repeat = (ms: number) => {
      clock.begin();
      now += ms;
      clock.end();
      return clock.allowsAnother();
    };
    expect(repeat(300)).toBe(true);
    // The second took less, but a third may take 300 ms.
    expect(repeat(250)).toBe(true);
    expect(repeat(200)).toBe(false);
  });

  it('allows a repetition of unknown length until the limit', () => {
    let now = 0;
    const clock = new DeadlineClock(
      () => 100,
      () => now,
    );
    expect(clock.allowsAnother()).toBe(true);
    now = 101;
    expect(clock.allowsAnother()).toBe(false);
  });
});
