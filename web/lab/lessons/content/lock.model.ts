import { cellOf, type LessonCell, ratioText, relate, tookText } from '../figures.model.js';
import { type Answer, lesson, notParallelText, tasksOf, workersOf } from '../lesson.model.js';
import { COMPARED_WITH_LOOP, type ComparedWithLoop, comparedWithLoop } from './compared-with-loop.model.js';
import { GIL, LOCK, TASK, THREAD } from './terms.model.js';

export const LOCKED = lesson<ComparedWithLoop>({
  title: 'Threads under a lock',
  summary: 'What threads gain that share one lock, as those of Python do.',
  terms: [TASK, THREAD, LOCK, GIL],
  question: (machine) => [
    `${workersOf(machine)} threads compute ${tasksOf(machine)} tasks together. There is one lock, and a thread has to hold it while it computes, as with the GIL of Python.`,
    'How long do these threads take, compared with a plain loop that computes the same tasks one after another?',
  ],
  choices: () => COMPARED_WITH_LOOP,
  experiment: {
    kind: 'BENCHMARK',
    input: (machine) => ({
      workload: 'FIBONACCI',
      models: ['SYNC', 'THREADS_LOCKED', 'THREADS'],
      workerCounts: [workersOf(machine)],
      imageCounts: [tasksOf(machine)],
    }),
    answer,
    charts: ['timeline'],
  },
  limits: notParallelText,
  explanations: {
    FASTER: [
      'In this run the threads under the lock were faster than the loop, which the lock alone does not allow: one thread computes at a time.',
      'Something else took time from the loop: stop other programs and run it again.',
    ],
    SAME: [
      'While one thread holds the lock and computes, the others wait for it, so that together they compute no more than the loop.',
      'The timeline below shows it: at any moment one thread computes, and the others wait for the lock.',
    ],
    SLOWER: [
      'While one thread holds the lock and computes, the others wait for it, and passing the lock on takes time too.',
      'The timeline below shows it: at any moment one thread computes, and the others wait for the lock.',
    ],
  },
  expected:
    'as long as the loop or a little longer, because one thread holds the lock and computes while the others wait for it.',
  next: [
    { label: 'Then why not leave the lock out?', lesson: 'race' },
    {
      label: 'Vary the share of a task that holds the lock',
      plan: {
        work: 'FIBONACCI',
        models: ['SYNC', 'THREADS_LOCKED', 'THREADS'],
        imageCounts: '12',
        sweepAxis: 'LOCK_SHARE',
        sweepValues: '0, 0.25, 0.5, 0.75, 1',
      },
    },
  ],
});

function answer(cells: readonly LessonCell[]): Answer<ComparedWithLoop> {
  const [loop, locked, free] = [
    cellOf(cells, 'SYNC'),
    cellOf(cells, 'THREADS_LOCKED'),
    cellOf(cells, 'THREADS'),
  ];
  return {
    choices: comparedWithLoop(relate(locked, loop)),
    measured: `The threads under the lock ${tookText(locked, loop, 'the loop')}`,
    facts: [
      { label: 'The same threads without the lock, against the loop', value: ratioText(free, loop) },
      { label: 'Share of the time that a thread waited for the lock', value: waitText(locked) },
    ],
  };
}

function waitText(cell: LessonCell | undefined): string {
  if (!cell) return 'not measured';
  const { lockWaitMs, computeMs } = cell.breakdown;
  const sum = lockWaitMs + computeMs;
  return sum > 0 ? `${Math.round((100 * lockWaitMs) / sum)} %` : 'not measured';
}
