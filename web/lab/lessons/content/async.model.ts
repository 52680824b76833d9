import { cellOf, type LessonCell, ratioText, relate, tookText } from '../figures.model.js';
import { type Answer, lesson, type Machine, notParallelText } from '../lesson.model.js';
import { COMPARED_WITH_LOOP, type ComparedWithLoop, comparedWithLoop } from './compared-with-loop.model.js';
import { ASYNC_CODE, EVENT_LOOP, IN_FLIGHT, TASK, WAIT_SHARE } from './terms.model.js';

/** Tasks in flight, where the server allows it. They need no second processor. */
const FLIGHT = 6;
const TASKS = 12;
/** Share of a task that waits, in the second half of the run. */
const WAITING = 0.9;

export const ASYNC = lesson<ComparedWithLoop>({
  title: 'Is async parallel?',
  summary: 'What async gains for tasks that compute, and for tasks that wait.',
  terms: [TASK, EVENT_LOOP, ASYNC_CODE, IN_FLIGHT, WAIT_SHARE],
  question: (machine) => [
    `A loop computes ${TASKS} tasks, one after another. Then the same tasks are written with async: ${inFlight(machine)} of them are in flight at any time, on one event loop.`,
    'The tasks only compute; they never wait for anything. How long does async take, compared with the loop?',
  ],
  choices: () => COMPARED_WITH_LOOP,
  experiment: {
    kind: 'BENCHMARK',
    input: (machine) => ({
      workload: 'FIBONACCI',
      models: ['SYNC', 'ASYNC'],
      workerCounts: [inFlight(machine)],
      imageCounts: [TASKS],
      sweep: { axis: 'WAIT_SHARE', values: [0, WAITING] },
    }),
    answer,
    charts: ['time'],
  },
  limits: ({ maxWorkers }) => (maxWorkers === 1 ? notParallelText({ processors: 2, maxWorkers }) : undefined),
  explanations: {
    FASTER: [
      'In this run async was faster than the loop, which computing alone cannot explain: one event loop computes one thing at a time.',
      'Something else took time from the loop: stop other programs and run it again.',
    ],
    SAME: [
      'One event loop computes one thing at a time, so that async only changes the order in which the tasks compute.',
      'Async helps where tasks wait: compare the figure for tasks that wait 90 % of their time.',
    ],
    SLOWER: [
      'One event loop computes one thing at a time, so that async cannot be faster here, and changing between tasks takes time.',
      'Async helps where tasks wait: compare the figure for tasks that wait 90 % of their time.',
    ],
  },
  expected:
    'as long as the loop, because one event loop computes one thing at a time; async only changes the order in which the tasks compute, and helps where they wait.',
  next: [
    { label: 'Do threads help, if they share one lock?', lesson: 'lock' },
    {
      label: 'Vary the share of waiting',
      plan: {
        work: 'FIBONACCI',
        models: ['SYNC', 'ASYNC', 'THREADS'],
        imageCounts: '12',
        sweepAxis: 'WAIT_SHARE',
        sweepValues: '0, 0.25, 0.5, 0.75, 0.95',
      },
    },
  ],
});

const inFlight = ({ maxWorkers }: Machine): number => Math.min(FLIGHT, maxWorkers);

function answer(cells: readonly LessonCell[]): Answer<ComparedWithLoop> {
  const [loop, async] = [cellOf(cells, 'SYNC', { sweep: 0 }), cellOf(cells, 'ASYNC', { sweep: 0 })];
  const [waitingLoop, waitingAsync] = [
    cellOf(cells, 'SYNC', { sweep: WAITING }),
    cellOf(cells, 'ASYNC', { sweep: WAITING }),
  ];
  return {
    choices: comparedWithLoop(relate(async, loop)),
    measured: `For tasks that compute, async ${tookText(async, loop, 'the loop')}`,
    facts: [
      {
        label: 'Tasks that wait 90 % of their time: async against the loop',
        value: ratioText(waitingAsync, waitingLoop),
      },
    ],
  };
}
