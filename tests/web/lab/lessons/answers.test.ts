import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ConcurrencyModel } from '../../../../src/execution/model.js';
import { RACE_VARIANTS } from '../../../../src/execution/race.js';
import { cellsTable } from '../../../../web/lab/lessons/cell-words.model.js';
import { raceDoubt } from '../../../../web/lab/lessons/content/race.model.js';
import { doubtText } from '../../../../web/lab/lessons/doubt.model.js';
import { type LessonCell, relate, timesFaster } from '../../../../web/lab/lessons/figures.model.js';
import {
  type Advice,
  type Answer,
  explanationOf,
  LESSON_NAMES,
  type Lesson,
  type Machine,
} from '../../../../web/lab/lessons/lesson.model.js';
import { LESSONS } from '../../../../web/lab/lessons/lessons.model.js';
import type { RaceFigures } from '../../../../web/lab/race/race.model.js';
import { assertProperty } from '../../../support/property.js';

const TWO: Machine = { processors: 2, maxWorkers: 16 };
const NO_ADVICE: Advice = { curves: [] };

/** A cell whose samples spread by 1 % around its median. */
function cell(model: ConcurrencyModel, medianMs: number, rest: Partial<LessonCell> = {}): LessonCell {
  return {
    model,
    workers: 2,
    imageCount: 12,
    sweep: null,
    samplesMs: [0.99, 0.995, 1, 1.005, 1.01].map((factor) => factor * medianMs),
    medianMs,
    medianInterval: { low: 0.99 * medianMs, high: 1.01 * medianMs },
    peakRssBytes: 2 ** 26,
    perImageMs: medianMs / 12,
    eventLoopDelayP99Ms: 3,
    breakdown: { startupMs: 10, lockWaitMs: 0, computeMs: medianMs },
    warnings: [],
    ...rest,
  };
}

function answerOf(
  lesson: Lesson,
  cells: readonly LessonCell[],
  advice: Advice = NO_ADVICE,
  machine: Machine = TWO,
): Answer<string> {
  if (lesson.experiment.kind !== 'BENCHMARK') throw new Error('not a benchmark');
  return lesson.experiment.answer(cells, machine, advice);
}

const anyCell: fc.Arbitrary<LessonCell> = fc
  .record({
    model: fc.constantFrom<ConcurrencyModel>('SYNC', 'ASYNC', 'THREADS_LOCKED', 'PROCESSES', 'THREADS'),
    samplesMs: fc.array(fc.double({ min: 1, max: 1_000, noNaN: true }), { minLength: 1, maxLength: 9 }),
    workers: fc.constantFrom(1, 2, 4),
    imageCount: fc.constantFrom(2, 3, 12),
    sweep: fc.constantFrom(null, 0, 0.9, 2 ** 22),
    isVoid: fc.boolean(),
  })
  .map(({ samplesMs, sweep, isVoid, model, ...rest }) =>
    cell(model, samplesMs.toSorted((a, b) => a - b)[(samplesMs.length - 1) >> 1] ?? 1, {
      ...rest,
      samplesMs,
      medianInterval: null,
      sweep: sweep === null ? null : { axis: 'WAIT_SHARE', value: sweep },
      warnings: isVoid ? ['OUTPUT_MISMATCH'] : [],
    }),
  );

describe('how two cells relate', () => {
  it('is decided only where the whole interval is, and is opposite the other way round', () => {
    const opposite = { FASTER: 'SLOWER', SLOWER: 'FASTER', UNDECIDED: 'UNDECIDED' } as const;
    assertProperty(
      fc.property(anyCell, anyCell, (a, b) => {
        const [relation, ratio] = [relate(a, b), timesFaster(a, b)];
        if (!ratio) expect(relation).toBe('UNDECIDED');
        else if (relation === 'FASTER') expect(ratio.low).toBeGreaterThan(1);
        else if (relation === 'SLOWER') expect(ratio.high).toBeLessThan(1);
        else if (relation === 'SAME') {
          expect(ratio.low).toBeGreaterThanOrEqual(1 / 1.2);
          expect(ratio.high).toBeLessThanOrEqual(1.2);
        } else expect(ratio.low <= 1 && ratio.high >= 1).toBe(true);
        // With equal medians each direction draws its own resamples.
        if (relation !== 'SAME' && a.medianMs !== b.medianMs) {
          // At the limit, the inverse of a factor can be rounded to the same.
          expect([opposite[relation], 'SAME']).toContain(relate(b, a));
        }
      }),
    );
  });

  it('is not decided for void cells, few samples and missing cells', () => {
    const [slow, fast] = [cell('SYNC', 200), cell('THREADS', 100)];
    expect(relate(fast, slow)).toBe('FASTER');
    expect(relate(slow, fast)).toBe('SLOWER');
    expect(relate(fast, fast)).toBe('SAME');
    expect(relate({ ...fast, warnings: ['OUTPUT_MISMATCH'] }, slow)).toBe('UNDECIDED');
    expect(relate({ ...fast, samplesMs: [100] }, slow)).toBe('UNDECIDED');
    expect(relate(undefined, slow)).toBe('UNDECIDED');
  });
});

describe('the answer of a lesson', () => {
  it('has words for any figures, and confirms only choices that it offers', () => {
    const machine = fc.record({
      processors: fc.constantFrom(1, 2, 4, 8, 16),
      maxWorkers: fc.constantFrom(1, 4, 16),
    });
    const lessons = fc.constantFrom(...LESSON_NAMES).map((name) => LESSONS[name]);
    assertProperty(
      fc.property(lessons, fc.array(anyCell, { maxLength: 12 }), machine, (lesson, cells, on) => {
        if (lesson.experiment.kind !== 'BENCHMARK') return;
        const { choices, measured, facts } = answerOf(lesson, cells, NO_ADVICE, on);
        expect(Object.keys(lesson.choices(on))).toEqual(expect.arrayContaining([...choices]));
        const words = [measured, ...facts.flatMap(({ label, value }) => [label, value])];
        expect([...words, ...cellsTable(cells).rows.flat()].join(' ')).not.toMatch(/undefined|NaN|Infinity/);
        expect(measured).toMatch(/\.$/);
      }),
    );
  });

  it.each([
    [2, 'HARDLY'],
    [40, 'ONE_TASK'],
    [400, 'SEVERAL'],
  ])('about the loop: a delay of %i ms is %s', (eventLoopDelayP99Ms, choice) => {
    const loop = cell('SYNC', 480, { eventLoopDelayP99Ms });
    expect(answerOf(LESSONS.loop, [loop, cell('THREADS', 250)]).choices).toEqual([choice]);
  });

  it('about the loop is decided where the whole interval of its times leads to one choice', () => {
    const at = (eventLoopDelayP99Ms: number) =>
      cell('SYNC', 480, { eventLoopDelayP99Ms, medianInterval: { low: 240, high: 600 } });
    expect(answerOf(LESSONS.loop, [at(55), cell('THREADS', 250)]).choices).toEqual(['ONE_TASK']);
    // 5 tasks of 20 ms, or 2 of 50 ms.
    expect(answerOf(LESSONS.loop, [at(100), cell('THREADS', 250)]).choices).toEqual([]);
  });

  it('about the loop is not decided where its samples are few, or its results wrong', () => {
    const wrong = cell('SYNC', 480, { eventLoopDelayP99Ms: 40, warnings: ['OUTPUT_MISMATCH'] });
    const few = cell('SYNC', 480, { eventLoopDelayP99Ms: 40, medianInterval: null });
    for (const loop of [wrong, few])
      expect(answerOf(LESSONS.loop, [loop, cell('THREADS', 250)]).choices).toEqual([]);
  });

  it.each([
    [1_000, 'SAME'],
    [500, 'FASTER'],
    [2_000, 'SLOWER'],
  ])('about async and the lock: %i ms against 1,000 ms are %s', (ms, choice) => {
    const at = { sweep: { axis: 'WAIT_SHARE', value: 0 } } as const;
    const asynchronous = [cell('SYNC', 1_000, at), cell('ASYNC', ms, at)];
    expect(answerOf(LESSONS.async, asynchronous).choices).toEqual([choice]);
    const locked = [cell('SYNC', 1_000), cell('THREADS_LOCKED', ms), cell('THREADS', 500)];
    expect(answerOf(LESSONS.lock, locked).choices).toEqual([choice]);
  });

  it.each([
    [400, 'LESS'],
    [500, 'SAME'],
    [800, 'MORE'],
    [1_500, 'TWICE'],
  ])('about processes: %i ms against 500 ms are %s', (ms, choice) => {
    const at = { sweep: { axis: 'PAYLOAD_BYTES', value: 4 * 2 ** 20 } } as const;
    const cells = [cell('PROCESSES', ms, at), cell('THREADS', 500, at)];
    expect(answerOf(LESSONS.processes, cells).choices).toEqual([choice]);
  });

  it('about processes: twice as long with an interval on both sides of it is not decided', () => {
    const at = { sweep: { axis: 'PAYLOAD_BYTES', value: 4 * 2 ** 20 } } as const;
    const cells = [cell('PROCESSES', 1_000, at), cell('THREADS', 500, at)];
    expect(answerOf(LESSONS.processes, cells).choices).toEqual([]);
  });

  it.each([
    [1_000, 1_000, 'ONE'],
    [520, 520, 'PROCESSORS'],
    [520, 700, 'PROCESSORS'],
    [520, 300, 'MORE'],
  ])('about workers: 1,000 ms, then %i ms and %i ms are %s', (two, four, choice) => {
    const cells = [1_000, two, four].map((ms, index) => cell('THREADS', ms, { workers: 2 ** index }));
    expect(answerOf(LESSONS.workers, cells).choices).toEqual([choice]);
  });

  it('about workers says what is certain where the rest is not', () => {
    const noisy = { samplesMs: [300, 400, 520, 700, 900], medianInterval: { low: 300, high: 900 } };
    const cells = [1_000, 520].map((ms, index) => cell('THREADS', ms, { workers: 2 ** index }));
    const answer = answerOf(LESSONS.workers, [...cells, cell('THREADS', 520, { workers: 4, ...noisy })]);
    expect(answer.choices).toEqual([]);
    expect(answer.measured).toMatch(
      /with 2 workers\. One worker was slower; whether 4 workers are faster than 2 is not decided\.$/,
    );
  });

  it('about workers has what a fitted curve predicts', () => {
    const cells = [1_000, 520, 520].map((ms, index) => cell('THREADS', ms, { workers: 2 ** index }));
    const factsWith = (peakWorkers: number | null) =>
      answerOf(LESSONS.workers, cells, { curves: [{ peakWorkers }] }).facts.at(-1)?.value;
    expect(factsWith(5.6)).toMatch(/^the shortest time with about 6 workers/);
    expect(factsWith(null)).toBe('more workers never make it slower');
  });

  it('about workers: one processor confirms one worker, which is one for each processor', () => {
    const cells = [1_000, 1_000].map((ms, index) => cell('THREADS', ms, { workers: 1 + index }));
    const answer = answerOf(LESSONS.workers, cells, NO_ADVICE, { processors: 1, maxWorkers: 16 });
    expect(answer.choices).toEqual(['ONE', 'PROCESSORS']);
  });

  it.each([
    [100, 'SAME'],
    [150, 'SHARE'],
    [200, 'TWICE'],
  ])('about waiting: %i ms after 100 ms are %s', (ms, choice) => {
    const cells = [cell('THREADS', 100, { imageCount: 2 }), cell('THREADS', ms, { imageCount: 3 })];
    expect(answerOf(LESSONS.waiting, cells).choices).toEqual([choice]);
  });

  describe('about the choice', () => {
    const cells = (processes: number, threads: number, rest: Partial<LessonCell> = {}) => [
      cell('SYNC', 1_000),
      cell('ASYNC', 1_010),
      cell('THREADS_LOCKED', 1_020),
      cell('PROCESSES', processes, { peakRssBytes: 2 ** 28, ...rest }),
      cell('THREADS', threads),
    ];

    it('is the only model that no other one is as fast as', () => {
      expect(answerOf(LESSONS.choose, cells(800, 500)).choices).toEqual(['THREADS']);
      expect(answerOf(LESSONS.choose, cells(500, 800)).choices).toEqual(['PROCESSES']);
    });

    it('is a tie of equal models, the cheapest first, with the memory that decides', () => {
      const { choices, measured, facts } = answerOf(LESSONS.choose, cells(500, 510));
      expect(choices).toEqual(['THREADS', 'PROCESSES']);
      expect(measured).toMatch(/tie.*THREADS is the cheapest/);
      expect(facts.at(-1)?.value).toBe('THREADS 64 MiB, PROCESSES 256 MiB');
      expect(explanationOf(LESSONS.choose, { choices, measured, facts })?.[0]).toMatch(/price decides/);
    });

    it('is a tie of models with equal medians whose samples scatter', () => {
      const scattered = { samplesMs: [250, 400, 500, 700, 900] };
      expect(answerOf(LESSONS.choose, cells(500, 500, scattered)).choices).toEqual(['THREADS', 'PROCESSES']);
    });

    it('is open where a model with a longer median may be faster', () => {
      const scattered = { samplesMs: [300, 400, 700, 900, 990] };
      const { choices, measured } = answerOf(LESSONS.choose, cells(700, 500, scattered));
      expect(choices).toEqual([]);
      expect(measured).toBe('THREADS or PROCESSES may be the fastest.');
    });

    it('is open where a model has too few samples, other results, or was not measured', () => {
      const all = cells(500, 500);
      expect(answerOf(LESSONS.choose, cells(500, 500, { samplesMs: [500] })).choices).toEqual([]);
      expect(answerOf(LESSONS.choose, cells(500, 500, { warnings: ['OUTPUT_MISMATCH'] })).choices).toEqual(
        [],
      );
      expect(answerOf(LESSONS.choose, all.slice(1)).choices).toEqual([]);
    });
  });
});

it('shows the factor of few samples without an interval', () => {
  const few = { samplesMs: [100], medianInterval: null };
  const cells = [cell('SYNC', 100, few), cell('THREADS_LOCKED', 200, few), cell('THREADS', 50, few)];
  const { measured, facts } = answerOf(LESSONS.lock, cells);
  expect(measured).toMatch(/took 2\.00 times as long as the loop \(too few samples for a 95 % interval\)\.$/);
  expect(facts[0]?.value).toMatch(/^2\.00 times as fast \(too few/);
});

describe('why a run decides nothing', () => {
  const steady = cell('SYNC', 100);

  it.each<[string, LessonCell[], Parameters<typeof doubtText>[1], RegExp]>([
    ['it was cancelled', [steady], 'CANCELLED', /ended before all its samples/],
    ['nothing was measured', [], 'COMPLETED', /ended before all its samples/],
    [
      'the results differ',
      [cell('THREADS', 50, { warnings: ['OUTPUT_MISMATCH'] })],
      'COMPLETED',
      /same results/,
    ],
    [
      'the server is slow',
      [steady, cell('THREADS', 9, { samplesMs: [9, 9, 9] })],
      'COMPLETED',
      /fewest samples of a combination were 3/,
    ],
    [
      'other programs take processors',
      [steady, cell('THREADS', 50, { samplesMs: [40, 45, 50, 60, 123] })],
      'COMPLETED',
      /from 40 ms to 123 ms with Threads \(THREADS\), 2 workers, 12 tasks/,
    ],
    ['it is close', [steady], 'COMPLETED', /near the limit between two answers/],
  ])('says that %s, and what to do', (_why, cells, status, words) => {
    const text = doubtText(cells, status);
    expect(text).toMatch(words);
    expect(text).toMatch(/run it again|Run it again/);
    expect(text).not.toMatch(/undefined|NaN|Infinity/);
  });
});

describe('the answer about lost increments', () => {
  const race = (lost: readonly number[], overlapPercent: number): RaceFigures[] =>
    RACE_VARIANTS.map((variant) => ({
      variant,
      expected: 100,
      actual: lost.map((percent) => 100 - percent),
      lostPercent: lost[1] ?? 0,
      lostPercentMax: Math.max(...lost),
      overlapPercent,
      nanosecondsPerIncrement: 2,
    }));
  it.each([
    [[0, 0, 0], 90, ['NONE']],
    [[0, 0, 0], 10, []],
    [[1, 2, 9], 90, ['SOME']],
    [[30, 40, 50], 90, ['MANY']],
    [[5, 12, 40], 90, []],
  ])('%j percent at %i %% overlap confirm %j', (lost, overlap, choices) => {
    const { experiment } = LESSONS.race;
    if (experiment.kind !== 'RACE') throw new Error('not a race');
    expect(experiment.answer(race(lost, overlap)).choices).toEqual(choices);
    if (choices.length > 0) return;
    const reason = overlap < 50 ? /hardly ran at the same time/ : /repetitions differ/;
    expect(raceDoubt(race(lost, overlap))).toMatch(reason);
  });
});
