import os from 'node:os';
import { count, figure, milliseconds } from '../../benchmark/analysis/format-numbers.js';
import { type Cell, computingAtOnce } from '../../benchmark/cell.js';
import type { TrialTimes } from '../../benchmark/measure/probe-task.js';
import { cellsOf } from '../../benchmark/plan.js';
import { MODELS } from '../../execution/model.js';
import type { RunBenchmarkInput } from '../generated/graphql.js';
import { DEFAULT_REPETITIONS, requestedLists } from '../options/requested-lists.js';
import { durationText } from '../screen/progress-display.js';

/** The part of a plan that a trial of the task decides, and what the user should know about it. */
export interface TaskPlan {
  imageCount: number;
  repetitions: number;
  notes: string[];
}

/** Limits of a batch. */
interface Batch {
  /** Time under SYNC, if the tasks are short enough. */
  maxMs: number;
  /** At least this number, however long the tasks take. */
  tasksPerWorker: number;
}

/** A batch takes at least this long under SYNC, so that neither the clock nor the dispatch affects its time. */
const BATCH_MS = 250;
/** Fewer tasks would leave workers idle. */
const MIN_TASKS = 8;
const LARGE: Batch = { maxMs: 1_000, tasksPerWorker: 2 };
/** For samples that would not fit the budget otherwise. */
const SMALL: Batch = { maxMs: BATCH_MS, tasksPerWorker: 1 };
/** Limit of the server. */
const MAX_TASKS = 1_000;
/** More samples than the default decide more, where there is time for them. */
const MOST_REPETITIONS = 7;
/** Time in ms for all samples, so that an answer takes a minute with the trial and the start of the server. */
const BUDGET_MS = 50_000;
const MINUTE = 60;
const WARM_UP_TASKS = 2;
/** Start of the process of a sample, and of each of its workers, over that of the trial: measured on two processors. */
const HOST_STARTS = 1.4;
const WORKER_STARTS = 0.8;

/** Chooses batch and repetitions from a trial of the task, which shows how fast the machine is now. */
export function planTask(
  probe: TrialTimes,
  input: RunBenchmarkInput,
  processors = os.availableParallelism(),
): TaskPlan {
  const lists = requestedLists(input, processors);
  const workers = Math.max(...(lists?.workerCounts ?? [1]));
  const cellsWith = (imageCount: number) =>
    lists ? cellsOf({ ...lists, imageCounts: [imageCount] }, 'TASK') : [];
  const msOfAll = (imageCount: number): number =>
    cellsWith(imageCount).reduce((sum, cell) => sum + sampleMs(cell, probe, processors), 0);
  const fits = (imageCount: number) =>
    (input.repetitions ?? DEFAULT_REPETITIONS) * msOfAll(imageCount) <= BUDGET_MS;
  const [large, small] = [batchSize(probe, workers, LARGE), batchSize(probe, workers, SMALL)];
  const imageCount = fits(large) ? large : small;
  const oneOfEach = msOfAll(imageCount);
  const fitting = Math.floor(BUDGET_MS / oneOfEach);
  const repetitions = input.repetitions ?? Math.max(DEFAULT_REPETITIONS, Math.min(MOST_REPETITIONS, fitting));
  const seconds = (repetitions * oneOfEach) / 1000;
  return {
    imageCount,
    repetitions,
    notes: [
      ...(imageCount < probe.inputs
        ? [
            `A batch takes the first ${figure(imageCount)} of ${figure(probe.inputs)} inputs; --images sets another number.`,
          ]
        : []),
      // A time limit shortens it.
      ...(seconds > MINUTE && input.maxSeconds === undefined
        ? [longText(probe, repetitions * cellsWith(imageCount).length, seconds)]
        : []),
    ],
  };
}

/** Time of one sample: start of its process and workers, warm-up, batch. */
function sampleMs(cell: Cell, { taskMs, startMs }: TrialTimes, processors: number): number {
  const { model, workers, imageCount } = cell;
  const started = MODELS[model].startsWorkers ? workers : 0;
  const atOnce = Math.min(computingAtOnce(cell), imageCount);
  const tasks = imageCount + WARM_UP_TASKS * atOnce;
  const parallel = model === 'THREADS_LOCKED' ? 1 : Math.min(atOnce, processors);
  return startMs * (HOST_STARTS + WORKER_STARTS * started) + (tasks * taskMs) / parallel;
}

function longText({ taskMs, startMs }: TrialTimes, samples: number, seconds: number): string {
  const what =
    taskMs > startMs
      ? `One task takes ${milliseconds(taskMs)}`
      : `The start of a process takes ${milliseconds(startMs)} on this machine now`;
  return `${what}, so that ${count(samples, 'sample')} take about ${durationText(seconds)}; --models or --workers with fewer values shorten it.`;
}

/** The number of tasks of a batch: each input equally often, if that fits. */
function batchSize(
  { inputs, taskMs }: TrialTimes,
  workers: number,
  { maxMs, tasksPerWorker }: Batch,
): number {
  const wanted = Math.max(MIN_TASKS, Math.ceil(BATCH_MS / taskMs));
  const equally = Math.ceil(wanted / inputs) * inputs;
  const most = Math.min(MAX_TASKS, Math.max(tasksPerWorker * workers, Math.floor(maxMs / taskMs)));
  if (equally <= most) return equally;
  return inputs <= most ? Math.floor(most / inputs) * inputs : most;
}
