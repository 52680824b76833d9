import type { Interval } from '../../../../src/benchmark/statistics/bootstrap.js';
import { cellOf, type LessonCell, msText, timesFaster, tookText } from '../figures.model.js';
import { type Answer, lesson, type Machine, notParallelText, workersOf } from '../lesson.model.js';
import { IDLE, TASK, WORKER } from './terms.model.js';

type Choice = 'SAME' | 'SHARE' | 'TWICE';

export const WAITING = lesson<Choice>({
  title: 'Who waits for whom',
  summary: 'What one more task costs, and which workers it keeps waiting.',
  terms: [TASK, WORKER, IDLE],
  question: (machine) => [
    `${workersOf(machine)} workers compute ${workersOf(machine)} equal tasks, one each, and end at about the same time. Then there is one more task: ${workersOf(machine) + 1} tasks for ${workersOf(machine)} workers.`,
    'How long does it take until all tasks are done, compared with the first batch?',
  ],
  choices: (machine) => ({
    SAME: 'As long as before',
    SHARE: `${shareOf(machine).toFixed(2)} times as long, for ${shareOf(machine).toFixed(2)} times as many tasks`,
    TWICE: 'Twice as long',
  }),
  experiment: {
    kind: 'BENCHMARK',
    input: (machine) => ({
      workload: 'FIBONACCI',
      models: ['THREADS'],
      workerCounts: [workersOf(machine)],
      imageCounts: [workersOf(machine), workersOf(machine) + 1],
    }),
    answer,
    charts: ['timeline'],
  },
  limits: notParallelText,
  explanations: {
    SAME: [
      'In this run the last task cost almost nothing, which needs a free worker: all workers had a task of their own.',
      'Stop other programs and run it again, and look at the timeline for the worker that computed two tasks.',
    ],
    SHARE: [
      'The time grew with the number of tasks, as it does where workers share one processor, or where tasks are unequal.',
      'Look at the timeline for the worker that computed two tasks, and for what the others did meanwhile.',
    ],
    TWICE: [
      'One worker computes a second task, and a task cannot be divided, so that all others are idle until it ends.',
      'The last tasks decide when a batch ends: many small tasks leave workers idle for a shorter time than a few large ones.',
    ],
  },
  expected:
    'twice as long, because a task cannot be divided, so that one worker computes the last one alone while the others are idle.',
  next: [
    { label: 'Which model would you choose?', lesson: 'choose' },
    {
      label: 'Vary the tasks in one message',
      plan: {
        work: 'FIBONACCI',
        models: ['SYNC', 'PROCESSES', 'THREADS'],
        imageCounts: '40',
        sweepAxis: 'CHUNK_SIZE',
        sweepValues: '1, 5, 20, 40',
      },
    },
  ],
});

/** Tasks of the second batch over those of the first. */
const shareOf = (machine: Machine): number => (workersOf(machine) + 1) / workersOf(machine);

function answer(cells: readonly LessonCell[], machine: Machine): Answer<Choice> {
  const workers = workersOf(machine);
  const [even, odd] = [
    cellOf(cells, 'THREADS', { imageCount: workers }),
    cellOf(cells, 'THREADS', { imageCount: workers + 1 }),
  ];
  const longer = even && odd && timesFaster(even, odd);
  return {
    choices: longer ? nearest(longer, { SAME: 1, SHARE: shareOf(machine), TWICE: 2 }) : [],
    measured: `The batch with one more task ${tookText(odd, even, 'the first one')}`,
    facts: [
      { label: `${workers} tasks`, value: msText(even?.medianMs) },
      { label: `${workers + 1} tasks`, value: msText(odd?.medianMs) },
    ],
  };
}

/** The choice whose value is nearest to both ends of an interval; none where the ends are nearest to different ones. */
function nearest({ low, high }: Interval, values: Readonly<Record<Choice, number>>): readonly Choice[] {
  const to = (ratio: number) =>
    (Object.keys(values) as Choice[]).toSorted(
      (a, b) => Math.abs(values[a] - ratio) - Math.abs(values[b] - ratio),
    )[0];
  const [first, last] = [to(low), to(high)];
  return first !== undefined && first === last ? [first] : [];
}
