import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CHART_SECTIONS } from '../../../../src/benchmark/export/chart-sections.js';
import { cellsOf } from '../../../../src/benchmark/plan.js';
import { checkedLists, DEFAULT_PLAN_LIMITS } from '../../../../src/benchmark/plan-input.js';
import { workerCounts } from '../../../../web/lab/lessons/content/workers.model.js';
import {
  explanationOf,
  judge,
  LESSON_NAMES,
  type Lesson,
  type Machine,
} from '../../../../web/lab/lessons/lesson.model.js';
import { readLessonAddress, writeLessonAddress } from '../../../../web/lab/lessons/lesson-address.model.js';
import { LESSONS, lessonName, numberOf } from '../../../../web/lab/lessons/lessons.model.js';
import { assertProperty } from '../../../support/property.js';

const machine: fc.Arbitrary<Machine> = fc.record({
  processors: fc.integer({ min: 1, max: 128 }),
  maxWorkers: fc.integer({ min: 1, max: 32 }),
});
/** Samples of a run that takes at most half a minute, where a sample takes a second. */
const MOST_SAMPLES = 30;

const inputOf = (lesson: Lesson, on: Machine) =>
  lesson.experiment.kind === 'BENCHMARK' ? lesson.experiment.input(on) : undefined;

describe.each(LESSON_NAMES)('lesson %s', (name) => {
  const lesson = LESSONS[name];

  it('explains each choice, and a tie, in two sentences', () => {
    assertProperty(
      fc.property(machine, (on) => {
        const choices = Object.keys(lesson.choices(on));
        expect(choices.length).toBeGreaterThan(1);
        expect(Object.keys(lesson.explanations).sort()).toEqual(choices.sort());
        for (const sentences of [
          ...Object.values(lesson.explanations),
          ...(lesson.tie ? [lesson.tie] : []),
        ]) {
          expect(sentences).toHaveLength(2);
          for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z][^.]*\.$/);
        }
      }),
    );
  });

  it('says what to expect, and why, also after a run that decides nothing', () => {
    expect(lesson.expected).toMatch(/^[a-z][^.]*, because [^.]*\.$/);
  });

  it('asks one question, and explains its words before', () => {
    assertProperty(
      fc.property(machine, (on) => {
        const paragraphs = lesson.question(on);
        expect(paragraphs.at(-1)).toMatch(/\?$/);
        expect([...paragraphs, lesson.limits(on) ?? ''].join(' ')).not.toMatch(/undefined|NaN/);
        expect(lesson.terms.length).toBeGreaterThan(0);
        expect(new Set(lesson.terms.map(({ word }) => word)).size).toBe(lesson.terms.length);
      }),
    );
  });

  it('says what a computer with one processor cannot show, where it compares parallel work', () => {
    const one = lesson.limits({ processors: 1, maxWorkers: 16 });
    if (name === 'async') expect(one).toBeUndefined();
    else expect(one).toMatch(/one processor/);
  });

  it('measures at most 30 samples that the server accepts, on every computer', () => {
    assertProperty(
      fc.property(machine, (on) => {
        const input = inputOf(lesson, on);
        if (!input) return;
        const request = {
          preset: 'QUICK' as const,
          workload: input.workload ?? 'IMAGE',
          repetitions: input.repetitions ?? 5,
          models: input.models ?? [],
          imageCounts: input.imageCounts ?? [],
          workerCounts: input.workerCounts ?? [],
          ...(input.sweep && { sweep: input.sweep }),
        };
        const limits = { ...DEFAULT_PLAN_LIMITS, maxWorkers: on.maxWorkers };
        const lists = checkedLists(request, limits, on.processors);
        const cells = cellsOf(lists, request.workload);
        expect(cells.length * request.repetitions).toBeLessThanOrEqual(MOST_SAMPLES);
        expect(request.repetitions).toBeGreaterThanOrEqual(5);
      }),
    );
  });

  it('shows charts that the report has', () => {
    const known = CHART_SECTIONS.map(({ id }) => id);
    const charts = lesson.experiment.kind === 'BENCHMARK' ? lesson.experiment.charts : [];
    expect(known).toEqual(expect.arrayContaining([...charts]));
  });

  it('keeps guess and run in its address', () => {
    const on = { processors: 4, maxWorkers: 16 };
    for (const guess of Object.keys(lesson.choices(on))) {
      for (const rest of [
        { run: 'r', after: undefined },
        { run: undefined, after: 'a' },
      ]) {
        const query = Object.fromEntries(new URLSearchParams(writeLessonAddress({ guess, ...rest })));
        expect(readLessonAddress(lesson, on, query)).toEqual({ guess, ...rest });
      }
    }
    expect(readLessonAddress(lesson, on, { guess: 'toString' }).guess).toBeUndefined();
    expect(writeLessonAddress(readLessonAddress(lesson, on, {}))).toBe('');
  });
});

describe('the lessons', () => {
  it('have numbers in their order, and no other names', () => {
    expect(LESSON_NAMES.map(numberOf)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(lessonName('lock')).toBe('lock');
    expect(lessonName('constructor')).toBeUndefined();
  });

  it('link to lessons, pages and plans', () => {
    for (const { next } of Object.values(LESSONS)) {
      expect(next.length).toBeGreaterThan(0);
      for (const each of next) {
        if ('lesson' in each) expect(LESSON_NAMES).toContain(each.lesson);
      }
    }
  });

  it('compare a guess with the choices that the figures confirm', () => {
    const answer = { measured: '', facts: [] };
    expect(judge({ ...answer, choices: ['A', 'B'] }, 'B')).toBe('RIGHT');
    expect(judge({ ...answer, choices: ['A'] }, 'B')).toBe('WRONG');
    expect(judge({ ...answer, choices: [] }, 'B')).toBe('UNDECIDED');
    const { lock } = LESSONS;
    expect(explanationOf(lock, { ...answer, choices: ['SAME'] })).toBe(lock.explanations.SAME);
    expect(explanationOf(lock, { ...answer, choices: [] })).toBeUndefined();
    const { choose } = LESSONS;
    expect(explanationOf(choose, { ...answer, choices: ['SYNC'] })).toBe(choose.explanations.SYNC);
    expect(explanationOf(choose, { ...answer, choices: ['SYNC', 'ASYNC'] })).toBe(choose.tie);
  });
});

describe('the worker counts of a lesson', () => {
  it('go from 1 beyond the processors, with four up to them where there are as many', () => {
    assertProperty(
      fc.property(machine, (on) => {
        const counts = workerCounts(on);
        const most = Math.min(on.processors, on.maxWorkers);
        expect(counts).toEqual([...new Set(counts)].sort((a, b) => a - b));
        expect(counts).toEqual(expect.arrayContaining([1, most]));
        expect(counts.every((count) => count <= on.maxWorkers)).toBe(true);
        if (most >= 4) expect(counts.filter((count) => count <= most)).toHaveLength(4);
        if (2 * on.processors <= on.maxWorkers) expect(counts.at(-1)).toBe(2 * on.processors);
      }),
    );
  });
});
