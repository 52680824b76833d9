import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { answerLines } from '../../src/cli/screen/answer.js';
import { type Progress, progressDisplay } from '../../src/cli/screen/progress-display.js';
import { type RankedCell, rankedCells } from '../../src/cli/screen/ranking.js';
import { resultTable } from '../../src/cli/screen/result-table.js';
import { columnsOf, paintFor, plainPaint, wrapped } from '../../src/cli/screen/terminal.js';

const CELL: RankedCell = {
  model: 'THREADS',
  engine: 'JIMP',
  imageCount: 10,
  workers: 2,
  samplesMs: [],
  medianMs: 1234,
  medianInterval: { low: 1200, high: 1300 },
  speedup: 1.9,
  sweep: null,
  warnings: [],
};
const SYNC: RankedCell = { ...CELL, model: 'SYNC', medianMs: 2345, medianInterval: null, speedup: 1 };

const progress = (overrides: Partial<Progress>): Progress => ({
  status: 'RUNNING',
  progress: 0,
  estimatedSecondsLeft: null,
  measuring: { model: 'SYNC' },
  cell: null,
  ...overrides,
});

/** Text written to an output with these properties. */
function shown(events: readonly Progress[], properties: object, term = 'xterm'): string {
  let text = '';
  const output = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  const display = progressDisplay(Object.assign(output, properties), term);
  for (const event of events) display.show(event);
  display.end();
  return text;
}

const EVENTS: Progress[] = [
  progress({ status: 'QUEUED' }),
  progress({ progress: 0.1, cell: CELL, estimatedSecondsLeft: 90 }),
  progress({ progress: 0.5, cell: { ...SYNC, engine: null }, estimatedSecondsLeft: 50 }),
  progress({ status: 'COMPLETED', progress: 1 }),
];

describe('the progress of a benchmark', () => {
  it.each([
    ['a pipe', {}, 'xterm'],
    ['a dumb terminal', { isTTY: true, columns: 80 }, 'dumb'],
  ])('is a line for each event on %s', (_name, properties, term) => {
    expect(shown(EVENTS, properties, term).split('\n')).toEqual([
      '  0 %  QUEUED',
      ' 10 %  THREADS ×2 (10 images, JIMP): 1.23 s  1 min 30 s left',
      ' 50 %  SYNC ×2 (10 tasks): 2.35 s  50 s left',
      '100 %  COMPLETED',
      '',
    ]);
  });

  it('says once on a pipe that it takes turns with another program, and each time on a terminal', () => {
    const waiting = progress({ progress: 0.1, measuring: null, estimatedSecondsLeft: 90 });
    const sample = progress({ progress: 0.1, cell: CELL, estimatedSecondsLeft: 90 });
    const events = [sample, waiting, sample, waiting];
    const waits = 'waits for its turn: another program measures';
    expect(shown(events, {}).split(waits)).toHaveLength(2);
    expect(shown(events, { isTTY: true, columns: 120, rows: 24 }).split(waits)).toHaveLength(3);
  });

  it('is a ranking that grows in place on a terminal, and is cleared at the end', () => {
    const text = shown(EVENTS, { isTTY: true, columns: 80, rows: 24 });
    const frames = text.split('\u001b[J');
    expect(frames[2]).toMatch(/^ {2}THREADS +×2 +█+▒* .*\n {2}━─{11} +10 % {2}THREADS/);
    expect(frames[3]?.match(/SYNC|THREADS/g)?.length).toBeGreaterThan(2);
    expect(frames.at(-1)).toBe('');
    const lines = frames.flatMap((frame) => frame.split('\n'));
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  it('breaks notes between words on a terminal, and keeps them whole elsewhere', () => {
    const note = `Waiting: another program ${'measures '.repeat(9)}. Ctrl-C cancels.`;
    for (const [isTTY, lines] of [
      [true, 3],
      [false, 2],
    ] as const) {
      let text = '';
      const write = (chunk: string) => {
        text += chunk;
      };
      const output = Object.assign(new Writable(), { isTTY, columns: 80, write });
      progressDisplay(output as never, 'dumb').note(note);
      expect(text.split('\n')).toHaveLength(lines);
    }
  });

  it('is one line on a terminal that is too low for the ranking', () => {
    const text = shown(EVENTS, { isTTY: true, columns: 80, rows: 2 });
    expect(text).not.toContain('\n');
  });
});

describe('the answer', () => {
  const recommendation = {
    model: 'THREADS' as const,
    workers: 2,
    engine: 'JIMP' as const,
    outcome: 'TIE' as const,
    reason:
      'Take THREADS with 2 workers: PROCESSES is as fast. It took 1.2 s. NOISY: The samples vary. Repeat.',
    alternatives: [{ ...CELL, model: 'PROCESSES' as const }],
  };
  const noisy = { warning: 'NOISY' as const, meaning: 'The samples vary.', advice: 'Repeat.' };
  const cell = (ranked: RankedCell, doubts = [noisy]) => ({
    ...ranked,
    doubts,
    speedupInterval: null,
    cpuPercent: 1,
    peakRssBytes: 1,
    eventLoopDelayP99Ms: 1,
  });
  const result = {
    status: 'COMPLETED' as const,
    maxSeconds: null as number | null,
    repetitions: 5,
    untilPercent: null,
    error: null,
    recommendation,
    cells: [cell(SYNC), cell(CELL), cell({ ...CELL, model: 'PROCESSES', workers: 2, medianMs: 1240 }, [])],
  };

  it('comes first, then the models by time, then each warning once with advice', () => {
    const lines = answerLines(result, { columns: 80, paint: plainPaint });
    expect(lines[0]).toBe('Take THREADS with 2 workers: PROCESSES is as fast.');
    expect(lines.slice(2, 5)).toEqual([
      expect.stringMatching(/^ {2}THREADS +×2 +[█▒]+ +1\.23 s +±4\.05 % +1\.90x {2}tie$/),
      expect.stringMatching(/^ {2}PROCESSES .* 1\.24 s .* {2}tie$/),
      // Without an interval there is no speed-up.
      expect.stringMatching(/^ {2}SYNC +█+ +2\.35 s$/),
    ]);
    expect(lines.filter((line) => line.startsWith('NOISY'))).toEqual([
      'NOISY (2 of 3 cells): The samples vary. Repeat.',
    ]);
  });

  it('explains the signs of the ranking where they are shown', () => {
    const key = expect.stringContaining('±: half of it');
    expect(answerLines(result, { columns: 80, paint: plainPaint })).toContainEqual(key);
    expect(answerLines(result, { columns: 60, paint: plainPaint })).not.toContainEqual(key);
  });

  it('says how many samples a time limit left room for', () => {
    const limited = { ...result, maxSeconds: 25, repetitions: 3 };
    expect(answerLines(limited, { columns: 120, paint: plainPaint })).toContain(
      'Within the time limit of 25 s, 3 samples of each cell were measured.',
    );
  });

  it('ranks SYNC once, with the samples of every number of workers', () => {
    const loops = [1, 2, 4].map((workers) => ({ ...SYNC, workers, samplesMs: [workers, 10, 20] }));
    const other = { ...SYNC, imageCount: 20, samplesMs: [7] };
    const wrong: RankedCell = { ...SYNC, workers: 8, warnings: ['OUTPUT_MISMATCH'] };
    const ranked = rankedCells([...loops, other, wrong, CELL]);
    expect(ranked).toHaveLength(4);
    expect(ranked[0]).toMatchObject({ workers: 1, medianMs: 10, speedup: 1 });
    expect(ranked[0]?.medianInterval).toBeTruthy();
    expect(ranked.slice(1)).toEqual([other, wrong, CELL]);
  });

  it.each([40, 50, 60, 68, 69, 80, 100, 120])('fits into %i columns', (columns) => {
    for (const outcome of ['TIE', 'UNDECIDED'] as const) {
      const marked = { ...result, recommendation: { ...recommendation, outcome } };
      const lines = answerLines(marked, { columns, paint: plainPaint });
      expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(columns);
      expect(lines.join('\n')).toMatch(/THREADS +×2 .*1\.23 s/);
    }
  });

  it('marks SYNC, at every number of workers, where it may be the fastest', () => {
    const alternatives = [{ ...SYNC, workers: 1 }];
    const undecided = { ...recommendation, outcome: 'UNDECIDED' as const, alternatives };
    const lines = answerLines({ ...result, recommendation: undecided }, { columns: 80, paint: plainPaint });
    expect(
      lines.filter((line) => line.endsWith('not decided')).map((line) => line.trim().split(' ')[0]),
    ).toEqual(['THREADS', 'SYNC']);
  });

  it('has no colour without a terminal', () => {
    const output = new Writable();
    expect(paintFor(output)('good', 'text')).toBe('text');
    expect(columnsOf(Object.assign(output, { columns: 0 }))).toBe(80);
  });
});

it('breaks text at spaces', () => {
  expect(wrapped('one two three', 8, '  ')).toEqual(['one two', '  three']);
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
    doubts: [],
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
      { ...cell, warnings: [], doubts: [] },
      { ...others, warnings: [...others.warnings], doubts: [] },
    ]),
  ).toBe(
    [
      'Model           Engine  Images  Workers  Median     95 % interval  Speed-up    CPU   Memory  Loop delay  Warnings',
      'SYNC            SHARP      100        1   3.3 s  3.19 s to 3.42 s     1.00x  100 %  128 MiB     2.34 ms',
      'THREADS_LOCKED  SHARP      100        1   3.3 s                 –         –  100 %  128 MiB     2.34 ms  NOISY, TOO_SHORT',
    ].join('\n'),
  );
  const narrow = resultTable(
    [{ ...others, warnings: ['NOISY', 'OVERSUBSCRIBED', 'BUSY_MACHINE', 'TOO_SHORT'], doubts: [] }],
    80,
  );
  expect(narrow).toBe(
    [
      'Model           Engine  Images  Workers  Median  95 % interval  Speed-up    CPU',
      'THREADS_LOCKED  SHARP      100        1   3.3 s              –         –  100 %',
      '',
      'Model           Engine  Images  Workers   Memory  Loop delay',
      'THREADS_LOCKED  SHARP      100        1  128 MiB     2.34 ms',
      '',
      'Model           Engine  Images  Workers  Warnings',
      'THREADS_LOCKED  SHARP      100        1  NOISY, OVERSUBSCRIBED, BUSY_MACHINE,',
      '                                         TOO_SHORT',
    ].join('\n'),
  );
  const swept = { ...cell, engine: null, sweep: { axis: 'WAIT_SHARE', value: 0.5 } } as const;
  expect(resultTable([{ ...swept, warnings: [], doubts: [] }])).toBe(
    [
      'Model  Tasks  Workers  wait share  Median     95 % interval  Speed-up    CPU   Memory  Loop delay  Warnings',
      'SYNC     100        1        50 %   3.3 s  3.19 s to 3.42 s     1.00x  100 %  128 MiB     2.34 ms',
    ].join('\n'),
  );
});
