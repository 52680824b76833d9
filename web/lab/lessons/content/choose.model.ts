import { cheapest } from '../../../../src/benchmark/analysis/decision.js';
import { CONCURRENCY_MODELS, type ConcurrencyModel } from '../../../../src/execution/model.js';
import {
  cellOf,
  type Fact,
  type LessonCell,
  memoryText,
  msText,
  ratioText,
  relate,
  SAME_FACTOR,
  SAME_PERCENT,
  timesFaster,
} from '../figures.model.js';
import { type Answer, lesson, notParallelText, tasksOf, workersOf } from '../lesson.model.js';
import { PROCESS, TASK, THREAD } from './terms.model.js';

/** The models in words; in the order of the lessons. */
const NAMES: Readonly<Record<ConcurrencyModel, string>> = {
  SYNC: 'SYNC: a loop, one task after another',
  ASYNC: 'ASYNC: several tasks in flight on one event loop',
  THREADS_LOCKED: 'THREADS_LOCKED: threads that share one lock, as Python’s do',
  PROCESSES: 'PROCESSES: programs of their own, which exchange messages',
  THREADS: 'THREADS: threads without a lock',
};

const BEST = 'Every other model was slower here.';

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
  },
  tie: [
    'These models were equally fast here, so their price decides: first the fewest workers, then the least memory.',
    'Threads share memory, which large data need; processes share nothing, so that a crash or a leak affects one of them only.',
  ],
  expected:
    'threads or processes, because tasks that compute gain from several processors at a time, which a loop, async and threads under a lock cannot use.',
  next: [
    { label: 'Choose for work on images', plan: { engines: ['JIMP', 'SHARP'], imageCounts: '10' } },
    { label: 'Begin again with the first lesson', lesson: 'loop' },
  ],
});

function answer(cells: readonly LessonCell[]): Answer<ConcurrencyModel> {
  const loop = cellOf(cells, 'SYNC');
  const facts = cells
    .filter(({ model }) => model !== 'SYNC')
    .map((cell) => ({ label: `${cell.model} against the loop`, value: ratioText(cell, loop) }));
  const [fastest] = cells.toSorted((a, b) => a.medianMs - b.medianMs);
  if (!fastest || CONCURRENCY_MODELS.some((model) => !cellOf(cells, model)))
    return { choices: [], measured: 'Not all models were measured.', facts };
  const relations = cells.map((cell) => ({ cell, relation: relate(cell, fastest) }));
  const tied = relations.filter(({ cell, relation }) => relation !== 'SLOWER' && isAsFast(cell, fastest));
  const open = relations.filter(({ cell, relation }) => relation === 'UNDECIDED' && !isAsFast(cell, fastest));
  if (open.length > 0) {
    const names = [fastest, ...open.map(({ cell }) => cell)].map(({ model }) => model);
    return { choices: [], measured: `${[...new Set(names)].join(' or ')} may be the fastest.`, facts };
  }
  return decided(
    fastest,
    tied.map(({ cell }) => cell),
    facts,
  );
}

/** Whether the medians are equal, as far as the question asks; a cell with too few samples, or other results, is not. */
function isAsFast(cell: LessonCell, fastest: LessonCell): boolean {
  const ratio = timesFaster(cell, fastest);
  return ratio !== undefined && ratio.middle >= 1 / SAME_FACTOR;
}

function decided(
  fastest: LessonCell,
  tied: readonly LessonCell[],
  facts: readonly Fact[],
): Answer<ConcurrencyModel> {
  const cheap = cheapest(tied) ?? fastest;
  const others = tied.filter((cell) => cell !== cheap);
  const choices = [cheap, ...others].map(({ model }) => model);
  if (others.length === 0) {
    const measured = `${fastest.model} took ${msText(fastest.medianMs)}: every other model was slower.`;
    return { choices, measured, facts };
  }
  const memory = [cheap, ...others].map(({ model, peakRssBytes }) => `${model} ${memoryText(peakRssBytes)}`);
  return {
    choices,
    measured: `${choices.join(' and ')} tie: their medians differ by less than ${SAME_PERCENT} %. ${cheap.model} is the cheapest of them.`,
    facts: [
      ...facts,
      ...others.map((cell) => ({
        label: `${cell.model} against ${cheap.model}`,
        value: ratioText(cell, cheap),
      })),
      { label: 'Peak memory', value: memory.join(', ') },
    ],
  };
}
