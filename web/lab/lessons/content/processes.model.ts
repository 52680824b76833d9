import {
  cellOf,
  type LessonCell,
  longerText,
  memoryText,
  msText,
  relate,
  SAME_PERCENT,
  timesFaster,
  tookText,
} from '../figures.model.js';
import { type Answer, lesson, notParallelText, workersOf } from '../lesson.model.js';
import { MESSAGE, PROCESS, TASK, THREAD } from './terms.model.js';

/** Bytes that a task receives and returns. */
const PAYLOAD_MIB = 4;
const PAYLOAD = PAYLOAD_MIB * 2 ** 20;
/** Tasks of each worker. */
const TASKS_EACH = 3;

type Choice = 'LESS' | 'SAME' | 'MORE' | 'TWICE';

export const PROCESSES = lesson<Choice>({
  title: 'Processes and their price',
  summary: 'What it costs that processes share nothing.',
  terms: [TASK, THREAD, PROCESS, MESSAGE],
  question: (machine) => [
    `${workersOf(machine)} processes compute the same tasks as ${workersOf(machine)} threads. Each task receives ${PAYLOAD_MIB} MiB and returns ${PAYLOAD_MIB} MiB. Threads can read them in memory that they share; processes have to send them as messages.`,
    'How long do the processes take, compared with the threads?',
  ],
  choices: () => ({
    LESS: 'They take less time',
    SAME: `As long, within ${SAME_PERCENT} %`,
    MORE: 'Longer, up to twice as long',
    TWICE: 'More than twice as long',
  }),
  experiment: {
    kind: 'BENCHMARK',
    input: (machine) => ({
      workload: 'FIBONACCI',
      models: ['PROCESSES', 'THREADS'],
      workerCounts: [workersOf(machine)],
      imageCounts: [TASKS_EACH * workersOf(machine)],
      sweep: { axis: 'PAYLOAD_BYTES', values: [0, PAYLOAD] },
    }),
    answer,
    charts: ['time'],
  },
  limits: notParallelText,
  explanations: {
    LESS: [
      'The processes were faster in this run, although they copy every byte that a task receives and returns.',
      'Copies are not the only cost: threads of one process share its memory allocator, which can hold them up.',
    ],
    SAME: [
      'Copying the bytes took so little of the time of a task here that it does not show.',
      'The other prices of processes remain: compare their memory and their start-up with those of the threads.',
    ],
    MORE: [
      'Every byte is written as a message, copied to the other process and read there, for the input and again for the result.',
      'In return a crash or a leak affects one process only; compare memory and start-up too, which processes also pay for.',
    ],
    TWICE: [
      'Every byte is written as a message, copied to the other process and read there, for the input and again for the result: that took longer than the computing.',
      'In return a crash or a leak affects one process only; compare memory and start-up too, which processes also pay for.',
    ],
  },
  expected:
    'longer than the threads, because processes copy every byte that a task receives and returns, and threads read it in memory that they share.',
  next: [
    { label: 'How many workers are best?', lesson: 'workers' },
    {
      label: 'Vary the bytes of a task',
      plan: {
        work: 'FIBONACCI',
        models: ['SYNC', 'PROCESSES', 'THREADS'],
        imageCounts: '6',
        sweepAxis: 'PAYLOAD_BYTES',
        sweepValues: [0, 2 ** 20, PAYLOAD, 4 * PAYLOAD].join(', '),
      },
    },
  ],
});

function answer(cells: readonly LessonCell[]): Answer<Choice> {
  const [processes, threads] = [
    cellOf(cells, 'PROCESSES', { sweep: PAYLOAD }),
    cellOf(cells, 'THREADS', { sweep: PAYLOAD }),
  ];
  const [light, lightThreads] = [
    cellOf(cells, 'PROCESSES', { sweep: 0 }),
    cellOf(cells, 'THREADS', { sweep: 0 }),
  ];
  const memory = `${memoryText(light?.peakRssBytes)}, threads: ${memoryText(lightThreads?.peakRssBytes)}`;
  const startup = `${msText(light?.breakdown.startupMs)}, threads: ${msText(lightThreads?.breakdown.startupMs)}`;
  return {
    choices: choicesOf(processes, threads),
    measured: `With ${PAYLOAD_MIB} MiB for a task, the processes ${tookText(processes, threads, 'the threads')}`,
    facts: [
      { label: 'Processes against threads, without bytes', value: longerText(light, lightThreads) },
      { label: 'Memory of the processes, without bytes', value: memory },
      { label: 'Start-up of the processes', value: startup },
    ],
  };
}

function choicesOf(processes: LessonCell | undefined, threads: LessonCell | undefined): readonly Choice[] {
  const relation = relate(processes, threads);
  switch (relation) {
    case 'UNDECIDED':
      return [];
    case 'SAME':
      return ['SAME'];
    case 'FASTER':
      return ['LESS'];
    case 'SLOWER':
      return slowerChoices(processes, threads);
    default:
      return relation satisfies never;
  }
}

/** How much longer the processes took, where that is decided. */
function slowerChoices(
  processes: LessonCell | undefined,
  threads: LessonCell | undefined,
): readonly Choice[] {
  const longer = processes && threads && timesFaster(threads, processes);
  if (!longer) return [];
  if (longer.low > 2) return ['TWICE'];
  return longer.high <= 2 ? ['MORE'] : [];
}
