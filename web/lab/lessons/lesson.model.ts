import type { UslFit } from '../../../src/benchmark/analysis/curve.js';
import type { RaceExperimentInput, RunBenchmarkInput } from '../generated/graphql.js';
import type { PlanDraft } from '../plan/plan.model.js';
import type { RaceFigures } from '../race/race.model.js';
import type { Fact, LessonCell } from './figures.model.js';

/** The lessons in their order; the names are in addresses. */
export const LESSON_NAMES = [
  'loop',
  'async',
  'lock',
  'race',
  'processes',
  'workers',
  'waiting',
  'choose',
] as const;
export type LessonName = (typeof LESSON_NAMES)[number];

/** The computer that runs the lessons. */
export interface Machine {
  /** Processors that the server may use. */
  processors: number;
  /** Most workers of one benchmark. */
  maxWorkers: number;
}

/** A word that a lesson needs, explained in one sentence. */
export interface Term {
  word: string;
  meaning: string;
}

/** Where to go on: another lesson, a page, or the plan of a run with these settings. */
export type Next = { label: string } & (
  | { lesson: LessonName }
  | { path: string }
  | { plan: Partial<PlanDraft> }
);

/** Sections of the report with charts that lessons show. */
export type ChartId = 'time' | 'timeline' | 'loop-course';

/** What a lesson measures. */
export type Experiment<Choice extends string> =
  | {
      kind: 'BENCHMARK';
      input(machine: Machine): RunBenchmarkInput;
      answer(cells: readonly LessonCell[], machine: Machine, advice: Advice): Answer<Choice>;
      /** Charts of the report that show the answer. */
      charts: readonly ChartId[];
    }
  | { kind: 'RACE'; input: RaceExperimentInput; answer(results: readonly RaceFigures[]): Answer<Choice> };

/** What the server says about the whole benchmark. */
export interface Advice {
  /** The curves that are fitted to the times of the models; none with too few worker counts. */
  curves: readonly Pick<UslFit, 'peakWorkers'>[];
}

/** What the figures of a run say. */
export interface Answer<Choice extends string> {
  /** The choices that the figures confirm; empty where they decide nothing. */
  choices: readonly Choice[];
  /** The figure that decides, in words. */
  measured: string;
  facts: readonly Fact[];
}

/** What decided a question, in two sentences. */
export type Explanation = readonly [string, string];

/** A lesson: a question with a guess, a run that answers it, and its explanation. */
export interface Lesson<Choice extends string = string> {
  title: string;
  /** One sentence for the list of lessons. */
  summary: string;
  /** What the reader has to know before the question. */
  terms: readonly Term[];
  /** Paragraphs; the last one is the question. */
  question(machine: Machine): readonly string[];
  /** Possible answers, in order. */
  choices(machine: Machine): Readonly<Record<Choice, string>>;
  experiment: Experiment<Choice>;
  /** What this machine cannot show, and why; undefined where it shows all. */
  limits(machine: Machine): string | undefined;
  /** Two sentences for each answer, true whenever the figures confirm it. */
  explanations: Readonly<Record<Choice, Explanation>>;
  /** Two sentences where the figures confirm several choices; default: those of the first of them. */
  tie?: Explanation;
  /** The answer that a computer with several processors gives, and what decides it; begins with a small letter. */
  expected: string;
  next: readonly Next[];
}

/** Hides the names of the choices of a lesson, so that lessons fit in one table. */
export function lesson<Choice extends string>(definition: Lesson<Choice>): Lesson {
  return definition as unknown as Lesson;
}

/** How the guess compares with what was measured. */
export type GuessVerdict = 'RIGHT' | 'WRONG' | 'UNDECIDED';

export function judge({ choices }: Answer<string>, guess: string): GuessVerdict {
  if (choices.length === 0) return 'UNDECIDED';
  return choices.includes(guess) ? 'RIGHT' : 'WRONG';
}

/** The two sentences about an answer; undefined where the figures decide nothing. */
export function explanationOf(
  { explanations, tie }: Lesson,
  { choices }: Answer<string>,
): Explanation | undefined {
  const [first, ...others] = choices;
  if (first === undefined) return undefined;
  return others.length > 0 && tie ? tie : explanations[first];
}

/** Workers that a lesson uses: one for each processor, from 2 to 8 where the server allows it. */
export function workersOf({ processors, maxWorkers }: Machine): number {
  return Math.min(maxWorkers, Math.max(2, Math.min(processors, 8)));
}

/** Tasks of a batch: a multiple of the workers, so that each gets the same number. */
export function tasksOf(machine: Machine): number {
  const workers = workersOf(machine);
  return workers * Math.max(2, Math.ceil(12 / workers));
}

/** Why nothing can run at the same time on this server; undefined where it can. */
export function notParallelText({ processors, maxWorkers }: Machine): string | undefined {
  if (processors === 1) {
    return 'This server may use one processor, so that workers take turns on it: no model can be faster than the loop here. Run this lesson on a computer with at least 2 processors to see the difference.';
  }
  if (maxWorkers === 1) {
    return 'This server allows one worker, so that nothing runs at the same time. Its operator can raise the limit (MAX_WORKERS).';
  }
  return undefined;
}
