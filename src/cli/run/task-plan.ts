import os from 'node:os';
import { count, figure, milliseconds } from '../../benchmark/analysis/format-numbers.js';
import type { TaskProbe } from '../../benchmark/measure/probe-task.js';
import { cellsOf } from '../../benchmark/plan.js';
import type { RunBenchmarkInput } from '../generated/graphql.js';
import { DEFAULT_REPETITIONS, requestedLists } from '../options/requested-lists.js';
import { durationText } from '../screen/progress-display.js';

/** The batch of a task whose size is not given, and what the user should know about it. */
export interface TaskPlan {
  imageCount: number;
  notes: string[];
}

/** A batch takes at least this long under SYNC, so that neither the clock nor the dispatch affects its time. */
const BATCH_MS = 250;
/** A batch takes at most this long under SYNC if it can, so that all samples of five models fit a minute. */
const MAX_BATCH_MS = 1_000;
/** Fewer tasks would leave workers idle. */
const MIN_TASKS = 8;
const MIN_TASKS_PER_WORKER = 2;
/** Limit of the server. */
const MAX_TASKS = 1_000;
/** Start of a benchmark host and of its workers, for each sample. */
const START_MS = 700;
const MINUTE = 60;

/** Chooses the batch from a trial of the task. */
export function planTask(probe: TaskProbe, input: RunBenchmarkInput): TaskPlan {
  const lists = requestedLists(input, os.availableParallelism());
  const workers = Math.max(...(lists?.workerCounts ?? [1]));
  const imageCount = batchSize(probe, workers);
  const cells = lists ? cellsOf({ ...lists, imageCounts: [imageCount] }, 'TASK').length : 1;
  const samples = cells * (input.repetitions ?? DEFAULT_REPETITIONS);
  // Each worker gets two tasks before the batch, to warm up.
  const seconds = (samples * (START_MS + (imageCount + 2 * workers) * probe.taskMs)) / 1000;
  return {
    imageCount,
    notes: [
      ...(imageCount < probe.inputs
        ? [
            `A batch takes the first ${figure(imageCount)} of ${figure(probe.inputs)} inputs; --images sets another number.`,
          ]
        : []),
      ...(seconds > MINUTE
        ? [
            `One task takes ${milliseconds(probe.taskMs)}, so that ${count(samples, 'sample')} take up to ${durationText(seconds)}; --models or --repetitions shorten it.`,
          ]
        : []),
    ],
  };
}

/** The number of tasks of a batch: each input equally often, if that fits. */
function batchSize({ inputs, taskMs }: TaskProbe, workers: number): number {
  const wanted = Math.max(MIN_TASKS, Math.ceil(BATCH_MS / taskMs));
  const equally = Math.ceil(wanted / inputs) * inputs;
  const least = MIN_TASKS_PER_WORKER * workers;
  const most = Math.min(MAX_TASKS, Math.max(least, Math.floor(MAX_BATCH_MS / taskMs)));
  if (equally <= most) return equally;
  return inputs <= most ? Math.floor(most / inputs) * inputs : most;
}
