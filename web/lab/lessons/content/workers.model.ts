import { cellOf, type LessonCell, msText, ratioText, relate } from '../figures.model.js';
import { type Advice, type Answer, lesson, type Machine, notParallelText } from '../lesson.model.js';
import { PROCESSOR, TASK, THREAD, WORKER } from './terms.model.js';

/** Worker counts up to the processors from which the server fits a curve. */
const COUNTS_OF_A_CURVE = 4;
const LEAST_TASKS = 12;

type Choice = 'ONE' | 'PROCESSORS' | 'MORE';

export const WORKERS = lesson<Choice>({
  title: 'How many workers?',
  summary: 'Where more workers stop making a program faster.',
  terms: [PROCESSOR, TASK, THREAD, WORKER],
  question: (machine) => [
    `This server may use ${machine.processors} ${machine.processors === 1 ? 'processor' : 'processors'}. Threads compute ${tasks(machine)} tasks that never wait.`,
    'With how many workers are all tasks done earliest?',
  ],
  choices: (machine) => ({
    ONE: '1 worker; more are no faster',
    PROCESSORS: `${atProcessors(machine)} workers, one for each processor; more are no faster`,
    MORE: `More workers than that: with ${beyond(machine) ?? 'twice as many'} it is faster still`,
  }),
  experiment: {
    kind: 'BENCHMARK',
    input: (machine) => ({
      workload: 'FIBONACCI',
      models: ['THREADS'],
      workerCounts: workerCounts(machine),
      imageCounts: [tasks(machine)],
    }),
    answer,
    charts: [],
  },
  limits,
  explanations: {
    ONE: [
      'A processor computes one task at a time, and a second worker found no processor that was free.',
      'That is right for a computer with one processor; with more, other programs may have used them: stop those and run it again.',
    ],
    PROCESSORS: [
      'A processor computes one task at a time, so that workers beyond the number of processors have to take turns.',
      'They cost memory and start-up all the same, so start one worker for each processor.',
    ],
    MORE: [
      'In this run more workers than processors were faster, which computing alone cannot explain: a processor computes one task at a time.',
      'Where other programs use the processors, more workers get a larger share of them: stop those programs and run it again.',
    ],
  },
  expected:
    'one worker for each processor, because a processor computes one task at a time, so that more workers have to take turns.',
  next: [
    { label: 'Why is a worker idle while others compute?', lesson: 'waiting' },
    {
      label: 'Measure worker counts under every model',
      plan: { work: 'FIBONACCI', workerCounts: '1, 2, 4, 8', imageCounts: '16' },
    },
  ],
});

/** Workers at the limit of the processors, as far as the server allows. */
function atProcessors({ processors, maxWorkers }: Machine): number {
  return Math.max(1, Math.min(processors, maxWorkers));
}

/** Twice as many workers as processors; undefined where the server does not allow it. */
function beyond(machine: Machine): number | undefined {
  const twice = 2 * machine.processors;
  return twice <= machine.maxWorkers ? twice : undefined;
}

/** 1, 2, one in the middle, one for each processor, and twice as many: four counts up to the processors give a curve. */
export function workerCounts(machine: Machine): number[] {
  const most = atProcessors(machine);
  const middle = Math.round(Math.sqrt(2 * most));
  const counts = [1, Math.min(2, most), middle, most, ...(beyond(machine) ? [2 * most] : [])];
  return [...new Set(counts.filter((count) => count <= most || count === 2 * most))].sort((a, b) => a - b);
}

/** A multiple of every processor and of every second worker, so that no worker is idle at the end. */
function tasks(machine: Machine): number {
  const step = 2 * atProcessors(machine);
  return step * Math.ceil(LEAST_TASKS / step);
}

function limits(machine: Machine): string | undefined {
  const few = notParallelText(machine);
  if (few) return few;
  if (workerCounts(machine).filter((count) => count <= machine.processors).length < COUNTS_OF_A_CURVE) {
    return `This server may use ${machine.processors} processors. On a computer with 4 processors, the lesson also predicts how fast more workers would be: this takes ${COUNTS_OF_A_CURVE} measured numbers of workers.`;
  }
  if (!beyond(machine)) {
    return `This server allows ${machine.maxWorkers} workers, so the lesson cannot measure twice as many workers as the ${machine.processors} processors.`;
  }
  return undefined;
}

function answer(cells: readonly LessonCell[], machine: Machine, { curves }: Advice): Answer<Choice> {
  const of = (workers: number | undefined) =>
    workers === undefined ? undefined : cellOf(cells, 'THREADS', { workers });
  const [one, all, more] = [of(1), of(atProcessors(machine)), of(beyond(machine))];
  const choices = choicesOf(machine, one, all, more);
  return {
    choices,
    measured: [fastestText(cells), ...(choices.length === 0 ? [partText(one, all, more)] : [])]
      .join(' ')
      .trim(),
    facts: [
      { label: 'One worker for each processor, against 1 worker', value: ratioText(all, one) },
      { label: 'Twice as many, against one for each processor', value: ratioText(more, all) },
      ...curves.map((curve) => ({
        label: 'A curve through these times predicts',
        value: predictionText(curve),
      })),
    ],
  };
}

function fastestText(cells: readonly LessonCell[]): string {
  const fastest = cells.toSorted((a, b) => a.medianMs - b.medianMs)[0];
  if (!fastest) return 'Nothing was measured.';
  return `The shortest median was ${msText(fastest.medianMs)}, with ${workersText(fastest)}.`;
}

/** What an undecided run shows all the same; empty where that is nothing. */
function partText(
  one: LessonCell | undefined,
  all: LessonCell | undefined,
  more: LessonCell | undefined,
): string {
  if (!all || !more || relate(all, one) !== 'FASTER') return '';
  return `One worker was slower; whether ${workersText(more)} are faster than ${all.workers} is not decided.`;
}

const workersText = ({ workers }: Pick<LessonCell, 'workers'>): string =>
  `${workers} ${workers === 1 ? 'worker' : 'workers'}`;

function predictionText({ peakWorkers }: Advice['curves'][number]): string {
  if (peakWorkers === null) return 'more workers never make it slower';
  return `the shortest time with about ${Math.max(1, Math.round(peakWorkers))} workers, if the server had as many processors`;
}

function choicesOf(
  machine: Machine,
  one: LessonCell | undefined,
  all: LessonCell | undefined,
  more: LessonCell | undefined,
): readonly Choice[] {
  const beyondAll = beyond(machine) === undefined ? 'SAME' : relate(more, all);
  if (beyondAll === 'UNDECIDED') return [];
  if (beyondAll === 'FASTER') return ['MORE'];
  if (machine.processors === 1) return ['ONE', 'PROCESSORS'];
  const allOverOne = relate(all, one);
  if (allOverOne === 'UNDECIDED') return [];
  return allOverOne === 'FASTER' ? ['PROCESSORS'] : ['ONE'];
}
