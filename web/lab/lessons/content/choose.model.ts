import type { ConcurrencyModel } from '../../../../src/execution/model.js';
import { cellOf, type LessonCell, msText, ratioText } from '../figures.model.js';
import { type Advice, type Answer, lesson, notParallelText, tasksOf, workersOf } from '../lesson.model.js';
import { PROCESS, TASK, THREAD } from './terms.model.js';
import { notDecided } from './undecided.model.js';

/** The models in words; in the order of the lessons. */
const NAMES: Readonly<Record<ConcurrencyModel, string>> = {
  SYNC: 'SYNC: a loop, one task after another',
  ASYNC: 'ASYNC: several tasks in flight on one event loop',
  THREADS_LOCKED: 'THREADS_LOCKED: threads that share one lock, as Python’s do',
  PROCESSES: 'PROCESSES: programs of their own, which exchange messages',
  THREADS: 'THREADS: threads without a lock',
};

const BEST = 'No model was faster than this one here, and each that was as fast costs as much or more.';

export const CHOOSE = lesson<ConcurrencyModel>({
  title: 'Choose',
  summary: 'All five models with the same tasks: which one would you take?',
  terms: [TASK, THREAD, PROCESS],
  question: (machine) => [
    `You have ${tasksOf(machine)} tasks that compute and never wait, and ${workersOf(machine)} workers, threads or processes. You want the shortest time; of models that are equally fast, you want the cheapest.`,
    'Which model do you take?',
  ],
  choices: () => NAMES,
  experiment: {
    kind: 'BENCHMARK',
    input: (machine) => ({
      workload: 'FIBONACCI',
      models: ['SYNC', 'ASYNC', 'THREADS_LOCKED', 'PROCESSES', 'THREADS'],
      workerCounts: [workersOf(machine)],
      imageCounts: [tasksOf(machine)],
    }),
    answer,
    charts: ['time', 'timeline'],
  },
  limits: notParallelText,
  explanations: {
    SYNC: [
      BEST,
      'A loop needs no workers, so it is right where they gain nothing: on one processor, or for a few small tasks.',
    ],
    ASYNC: [
      BEST,
      'Async needs no workers, so it is right where they gain nothing, and above all for tasks that wait.',
    ],
    THREADS_LOCKED: [
      BEST,
      'That is unusual for tasks that compute, because one thread computes at a time: stop other programs and run it again.',
    ],
    PROCESSES: [
      BEST,
      'Processes compute on all processors, and a crash or a leak affects one of them; each pays for memory and copies.',
    ],
    THREADS: [
      BEST,
      'Threads compute on all processors and share memory; what they share needs a lock or atomic steps.',
    ],
    UNDECIDED: notDecided(
      'tasks that compute gain from several processors at a time, which processes and threads without a lock can use, and a loop, async and threads under a lock cannot.',
    ),
  },
  next: [
    { label: 'Choose for work on images', plan: { engines: ['JIMP', 'SHARP'], imageCounts: '10' } },
    { label: 'Begin again with the first lesson', lesson: 'loop' },
  ],
});

function answer(
  cells: readonly LessonCell[],
  _machine: unknown,
  { recommendation }: Advice,
): Answer<ConcurrencyModel> {
  const loop = cellOf(cells, 'SYNC');
  const facts = cells
    .filter(({ model }) => model !== 'SYNC')
    .map((cell) => ({ label: `${cell.model} against the loop`, value: ratioText(cell, loop) }));
  if (!recommendation) return { choices: [], measured: 'The models were not measured.', facts };
  const { outcome, model, alternatives } = recommendation;
  const tied = [...new Set([model, ...alternatives.map((cell) => cell.model)])];
  switch (outcome) {
    case 'WIN':
      return {
        choices: [model],
        measured: `${medianOf(cells, model)}: every other model was slower.`,
        facts,
      };
    case 'TIE':
      return {
        choices: tied,
        measured: `${tied.join(' and ')} are equally fast; ${model} is the cheapest of them.`,
        facts,
      };
    case 'UNDECIDED':
      return { choices: [], measured: `${tied.join(' or ')} may be the fastest.`, facts };
    default:
      return outcome satisfies never;
  }
}

const medianOf = (cells: readonly LessonCell[], model: ConcurrencyModel): string =>
  `${model} took ${msText(cellOf(cells, model)?.medianMs)}`;
