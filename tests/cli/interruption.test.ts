import { afterEach, describe, expect, it } from '@jest/globals';
import { Interruption } from '../../src/cli/run/interruption.js';

/** An interruption with a clock that is set by hand, and what it did. */
function interrupted() {
  const done: string[] = [];
  const clock = { ms: 0 };
  const interruption = new Interruption(
    () => void done.push('end'),
    () => clock.ms,
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

  it('ends the command at once where nothing is to be cancelled', () => {
    const { interruption, done } = interrupted();
    interruption.interrupt();
    expect(done).toEqual(['end']);
  });
});
