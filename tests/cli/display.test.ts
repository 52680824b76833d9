import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { type Progress, progressDisplay } from '../../src/cli/progress-display.js';
import { resultTable } from '../../src/cli/result-table.js';

const progress = (overrides: Partial<Progress>): Progress => ({
  status: 'RUNNING',
  progress: 0,
  cell: null,
  ...overrides,
});
const CELL = {
  model: 'THREADS',
  engine: 'JIMP',
  imageCount: 10,
  workers: 2,
  sweep: null,
  medianMs: 1234,
} as const;

/** What is written, and a clock that is set by hand. */
function shown(events: readonly [seconds: number, Progress][], terminal: boolean): string {
  let text = '';
  let now = 0;
  const output = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  if (terminal) Object.assign(output, { isTTY: true, columns: 60 });
  const display = progressDisplay(output, () => now);
  for (const [seconds, event] of events) {
    now = seconds * 1000;
    display.show(event);
  }
  display.end();
  return text;
}

const EVENTS: [number, Progress][] = [
  [0, progress({ status: 'QUEUED' })],
  [10, progress({ progress: 0.1, cell: CELL })],
  [
    50,
    progress({
      progress: 0.5,
      cell: { ...CELL, engine: null, sweep: { axis: 'WAIT_SHARE', value: 0.5 } },
    }),
  ],
  [100, progress({ status: 'COMPLETED', progress: 1 })],
];

describe('how a benchmark goes on', () => {
  it('is a line for each event where nobody looks at a terminal', () => {
    expect(shown(EVENTS, false).split('\n')).toEqual([
      '  0 %  QUEUED',
      ' 10 %  THREADS ×2 (10 images, JIMP): 1.23 s  1 min 30 s left',
      ' 50 %  THREADS ×2 (10 tasks, wait share 50 %): 1.23 s  50 s left',
      '100 %  COMPLETED  0 s left',
      '',
    ]);
  });

  it('is a bar that stays in its line on a terminal, and goes at the end', () => {
    const text = shown(EVENTS, true);
    const lines = text.split('\r\u001b[K').slice(1);
    expect(text).not.toContain('\n');
    expect(lines[2]).toMatch(/^█{12}░{12} {3}50 % {2}THREADS/);
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(60);
    expect(lines.at(-1)).toBe('');
  });

  it('does not guess before something was measured, also where it goes on from the middle', () => {
    const events: [number, Progress][] = [
      [0, progress({ progress: 0.5 })],
      [5, progress({ progress: 0.6, cell: CELL })],
    ];
    expect(shown(events, false)).toMatch(/^ 50 % {2}RUNNING\n.* {2}20 s left\n$/);
  });
});

it('prints cells in columns', () => {
  const cell = {
    model: 'SYNC',
    engine: 'SHARP',
    imageCount: 100,
    workers: 1,
    medianMs: 3300,
    medianInterval: { low: 3190, high: 3420 },
    speedup: 1,
    speedupInterval: { low: 0.9, high: 1.1 },
    sweep: null,
    cpuPercent: 99.6,
    peakRssBytes: 2 ** 27,
    eventLoopDelayP99Ms: 2.34,
    warnings: [],
  } as const;
  const others = {
    ...cell,
    model: 'THREADS_LOCKED',
    medianInterval: null,
    speedup: null,
    speedupInterval: null,
    warnings: ['NOISY', 'TOO_SHORT'],
  } as const;
  expect(
    resultTable([
      { ...cell, warnings: [] },
      { ...others, warnings: [...others.warnings] },
    ]),
  ).toBe(
    [
      'Model           Engine  Images  Workers  Median     95 % interval  Speed-up    CPU   Memory  Loop delay  Warnings',
      'SYNC            SHARP      100        1   3.3 s  3.19 s to 3.42 s     1.00x  100 %  128 MiB     2.34 ms',
      'THREADS_LOCKED  SHARP      100        1   3.3 s                 –         –  100 %  128 MiB     2.34 ms  NOISY, TOO_SHORT',
    ].join('\n'),
  );
  const swept = { ...cell, engine: null, sweep: { axis: 'WAIT_SHARE', value: 0.5 } } as const;
  expect(resultTable([{ ...swept, warnings: [] }])).toBe(
    [
      'Model  Tasks  Workers  wait share  Median     95 % interval  Speed-up    CPU   Memory  Loop delay  Warnings',
      'SYNC     100        1        50 %   3.3 s  3.19 s to 3.42 s     1.00x  100 %  128 MiB     2.34 ms',
    ].join('\n'),
  );
});
