import { afterEach, describe, expect, it } from '@jest/globals';
import { Interruption } from '../../src/cli/run/interruption.js';

/** An interruption with a clock that is set by hand, and what it did. */
function interrupted(isBelowNpm = false) {
  const done: string[] = [];
  const clock = { ms: 0 };
  const interruption = new Interruption(
    () => void done.push('end'),
    () => clock.ms,
    isBelowNpm,
  );
  return { interruption, done, clock };
}

describe('Ctrl-C', () => {
  afterEach(() => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal);
  });

  it('cancels once where the shell delivers it twice', () => {
    const { interruption, done, clock } = interrupted();
    interruption.gentler = () => void done.push('cancel');
    interruption.interrupt();
    clock.ms = 1;
    interruption.interrupt();
    expect(done).toEqual(['cancel']);
  });

  it('ends the command at the second, more than a second later', () => {
    const { interruption, done, clock } = interrupted();
    interruption.gentler = () => void done.push('cancel');
    interruption.interrupt();
    clock.ms = 1_001;
    interruption.interrupt();
    expect(done).toEqual(['cancel', 'end']);
  });

  it('counts once below npm, which may pass it on some seconds later', () => {
    const { interruption, done, clock } = interrupted(true);
    interruption.gentler = () => void done.push('cancel');
    for (const ms of [0, 4_000, 5_001]) {
      clock.ms = ms;
      interruption.interrupt();
    }
    expect(done).toEqual(['cancel', 'end']);
  });

  it('ends the command at once where nothing is to be cancelled', () => {
    const { interruption, done } = interrupted();
    interruption.interrupt();
    expect(done).toEqual(['end']);
  });
});
