import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { pairedDisplays } from '../../src/cli/screen/paired-display.js';
import type { Progress } from '../../src/cli/screen/progress-display.js';

const progress = (share: number, measuring: Progress['measuring'] = { model: 'SYNC' }): Progress => ({
  status: 'RUNNING',
  progress: share,
  estimatedSecondsLeft: 90,
  measuring,
  cell: null,
});

/** Text of two benchmarks that are measured in turn. */
function shown(properties: object, labels = ['new', 'older']): string {
  let text = '';
  const output = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  const [first, second] = pairedDisplays(Object.assign(output, properties), 'xterm', labels);
  first?.begin('new: 1 cell');
  first?.show(progress(0.1));
  second?.show(progress(0.2, null));
  first?.show(progress(0.3));
  second?.note('a note');
  first?.note('a note');
  first?.end();
  second?.end();
  return text;
}

describe('the progress of two benchmarks', () => {
  it('is a line for each sample with its benchmark on a pipe', () => {
    expect(shown({}).split('\n')).toEqual([
      'new: 1 cell',
      'new     10 %  RUNNING  1 min 30 s left',
      'older   20 %  waits for its turn  1 min 30 s left',
      'a note',
      '',
    ]);
  });

  it('is a line for each benchmark that changes in place on a terminal', () => {
    const frames = shown({ isTTY: true, columns: 60, rows: 24 }).split('\u001b[J');
    const last = frames.findLast((frame) => frame.includes('30 %')) ?? '';
    const lines = last.replace(/\r.*$/s, '').split('\n');
    expect(lines).toEqual([
      '  new    30 %  RUNNING  1 min 30 s left',
      '  older  20 %  waits for its turn  1 min 30 s left',
    ]);
    // A note leaves no half of a line.
    expect(frames.find((frame) => frame.includes('a note'))).toMatch(/^a note\n/);
    expect(frames.at(-1)).toBe('');
  });

  it('has the end of a long path where the terminal is narrow', () => {
    const paths = ['a/folder/of/mine/new.mjs', 'a/folder/of/mine/old.mjs'];
    const text = shown({ isTTY: true, columns: 80, rows: 24 }, paths);
    expect(text).toContain('  …/mine/old.mjs  20 %  waits for its turn  1 min 30 s left');
  });
});
