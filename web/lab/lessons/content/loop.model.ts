import { cellOf, type LessonCell, msText, ratioText, taskInterval } from '../figures.model.js';
import { type Answer, lesson, notParallelText, tasksOf, workersOf } from '../lesson.model.js';
import { EVENT_LOOP, TASK, THREAD } from './terms.model.js';

/** Shares of the time of one task that bound the choices. */
const HARDLY = 0.2;
const SEVERAL = 3;

type Choice = 'HARDLY' | 'ONE_TASK' | 'SEVERAL';

export const LOOP = lesson<Choice>({
  title: 'Why not just loop?',
  summary: 'How long a visitor waits while a web server computes.',
  terms: [TASK, EVENT_LOOP, THREAD],
  question: (machine) => [
    `A web server answers its visitors with an event loop. Now it has ${tasksOf(machine)} tasks to compute as well, and does the simplest thing: it computes them in the same loop. When one task has ended, the next one goes to the end of the queue.`,
    'While the server computes, a visitor asks for something that takes no time at all. How long does the visitor wait for the answer?',
  ],
  choices: () => ({
    HARDLY: 'Hardly: less than a fifth of the time of one task',
    ONE_TASK: 'About as long as one task takes: a fifth of a task to three tasks',
    SEVERAL: 'Longer than three tasks take',
  }),
  experiment: {
    kind: 'BENCHMARK',
    input: (machine) => ({
      workload: 'FIBONACCI',
      models: ['SYNC', 'THREADS'],
      workerCounts: [workersOf(machine)],
      imageCounts: [tasksOf(machine)],
    }),
    answer,
    charts: ['loop-course', 'timeline'],
  },
  limits: notParallelText,
  explanations: {
    HARDLY: [
      'In this run, the event loop was free again in less than a fifth of the time of a task.',
      'That is unusual for tasks that compute: stop other programs and run it again.',
    ],
    ONE_TASK: [
      'The event loop ends the task that it has begun, and then takes the visitor’s request, which came before the next task; a server that computed all tasks as one would let the visitor wait for all of them.',
      'Threads compute beside the event loop, so that it is free for visitors: compare the two delays above.',
    ],
    SEVERAL: [
      'The event loop took several tasks from its queue before the visitor’s request, so the visitor waited for all of them.',
      'Threads compute beside the event loop, so that it is free for visitors: compare the two delays above.',
    ],
  },
  expected:
    'about as long as one task takes, because the event loop ends the task that it has begun, and then takes the visitor’s request before the next task.',
  next: [
    { label: 'Would it help to write the loop with async?', lesson: 'async' },
    {
      label: 'Measure the loop with images',
      plan: { models: ['SYNC', 'THREADS'], engines: ['JIMP'], imageCounts: '10' },
    },
  ],
});

function answer(cells: readonly LessonCell[]): Answer<Choice> {
  const [loop, threads] = [cellOf(cells, 'SYNC'), cellOf(cells, 'THREADS')];
  const facts = [
    { label: 'Delay of a visitor, with the loop', value: msText(loop?.eventLoopDelayP99Ms) },
    { label: 'Delay of a visitor, with threads', value: msText(threads?.eventLoopDelayP99Ms) },
    { label: 'One task takes', value: msText(loop?.perImageMs) },
    { label: 'All tasks: threads against the loop', value: ratioText(threads, loop) },
  ];
  if (!loop) return { choices: [], measured: 'The loop was not measured.', facts };
  const share = loop.eventLoopDelayP99Ms / loop.perImageMs;
  const measured = `A visitor waited up to ${msText(loop.eventLoopDelayP99Ms)}: ${share.toFixed(1)} times as long as one task takes.`;
  return { choices: choicesOf(loop), measured, facts };
}

/** Decided where both ends of the interval of the time of a task lead to the same choice. */
function choicesOf(loop: LessonCell): readonly Choice[] {
  const task = taskInterval(loop);
  if (!task) return [];
  const [first, last] = [task.low, task.high].map((ms) => choiceOf(loop.eventLoopDelayP99Ms / ms));
  return first !== undefined && first === last ? [first] : [];
}

const choiceOf = (share: number): Choice =>
  share < HARDLY ? 'HARDLY' : share <= SEVERAL ? 'ONE_TASK' : 'SEVERAL';
